# Jekyll's own Liquid: {"source": folder, "templates": […]} as JSON in, the JSON list of what each prints out.
# The templates are run as in the page _pages/about.md of the site in the folder; an error prints as ERROR and its class.
require "json"
require "jekyll"
require "tmpdir"

ENV["TZ"] = "UTC"
given = JSON.parse($stdin.read)
Dir.mktmpdir do |folder|
  options = { "source" => given["source"], "destination" => folder, "quiet" => true, "disable_disk_cache" => true,
              "include" => ["_pages"] }
  site = Jekyll::Site.new(Jekyll.configuration(options))
  site.reset
  site.read
  site.render
  page = site.pages.find { |each| each.name == "about.md" }
  printed = given["templates"].map do |template|
    payload = site.site_payload
    payload["page"] = page.to_liquid
    info = { registers: { site: site, page: page.to_liquid }, strict_filters: false, strict_variables: false }
    Liquid::Template.parse(template).render!(payload, info)
  rescue StandardError => e
    "ERROR #{e.class}: #{e.message.lines.first}"
  end
  puts JSON.generate(printed)
end
