# Jekyll's own filters: JSON [[url, baseurl, template], …] in, the JSON list of what each prints out.
require "json"
require "jekyll"
require "tmpdir"

Dir.mktmpdir do |folder|
  printed = JSON.parse($stdin.read).map do |url, baseurl, template|
    options = { "url" => url, "baseurl" => baseurl, "quiet" => true, "source" => folder, "disable_disk_cache" => true }
    site = Jekyll::Site.new(Jekyll.configuration(options))
    variables = { "site" => { "url" => url, "baseurl" => baseurl } }
    Liquid::Template.parse(template).render!(variables, registers: { site: site }, filters: [Jekyll::Filters])
  end
  puts JSON.generate(printed)
end
