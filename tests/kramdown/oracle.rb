# Jekyll's kramdown as a service: one JSON string a line in, one JSON string a line out (null if kramdown fails).
# The options are academicpages' _config.yml, with what Jekyll 4 adds to them.
require "json"
require "kramdown"
require "kramdown-parser-gfm"

OPTIONS = {
  input: "GFM", hard_wrap: false, auto_ids: true, footnote_nr: 1, entity_output: "as_char", toc_levels: 1..6,
  smart_quotes: "lsquo,rsquo,ldquo,rdquo", syntax_highlighter: "rouge",
  syntax_highlighter_opts: { default_lang: "plaintext", guess_lang: true }
}.freeze

$stdin.set_encoding("UTF-8")
$stdout.sync = true
$stdin.each_line do |line|
  result = begin
    Kramdown::Document.new(JSON.parse(line), OPTIONS.dup).to_html
  rescue StandardError, SystemStackError
    nil
  end
  $stdout.puts(JSON.generate(result))
end
