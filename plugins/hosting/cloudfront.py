"""CloudFront in front of an S3 bucket: a function for requests, which redirects, and one for responses: headers.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
"""

import json

from ..caching import HASHED, IMMUTABLE, REVALIDATE
from .headers import Headers
from .rules import Rule, Selection, one_form

SIZE = 10_240  # bytes of a function's code

REQUEST = """\
// CloudFront, viewer request: redirects, and the file of a folder. An S3 origin knows neither.
const moved = new Map([%s]);

function handler(event) {
  const request = event.request;
  const query = Object.entries(request.querystring)
    .flatMap(([name, part]) => (part.multiValue || [part]).map(each => (each.value ? `${name}=${each.value}` : name)))
    .join("&");
  let path = request.uri;
  try { path = decodeURIComponent(path); } catch (error) { /* as it came */ }
  const key = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  const exact = moved.get(`${key}?${query}`), found = exact || moved.get(key);
  if (found) {
    const [before, fragment] = found[0].split("#");
    const passed = query && !exact && !before.includes("?") ? `?${query}` : "";
    return answer(found[1], before + passed + (fragment === undefined ? "" : `#${fragment}`));
  }
  if (request.uri.endsWith("/")) request.uri += "index.html";
  else if (!request.uri.split("/").pop().includes(".")) return answer(301, `${request.uri}/${query && `?${query}`}`);
  return request;
}

function answer(statusCode, value) {
  return { statusCode, statusDescription: "Moved", headers: { location: { value } } };
}
"""

RESPONSE = """\
// CloudFront, viewer response: headers.
const everywhere = %s;
const hashed = new RegExp(%s);

function handler(event) {
  const response = event.response;
  for (const name in everywhere) response.headers[name] = { value: everywhere[name] };
  response.headers["cache-control"] = { value: hashed.test(event.request.uri) ? %s : %s };
  return response;
}
"""


def entries(rule: Rule) -> list[tuple[str, str]]:
    """Return the entry of the map for one redirect: its decoded path without a slash at the end, and its query."""
    key = one_form(rule.source)[0] + (f"?{rule.query}" if rule.query else "")
    return [(key, json.dumps([key, [rule.target, rule.status]], ensure_ascii=False, separators=(",", ":")))]


def request_function(selection: Selection, headers: Headers, base: str) -> str:
    """Return the function that redirects."""
    return REQUEST % ",".join(map(str, selection.entries))


def response_function(selection: Selection, headers: Headers, base: str) -> str:
    """Return the function that sets headers."""
    everywhere = {name.lower(): value for name, value in headers.everywhere.items()}
    return RESPONSE % tuple(json.dumps(each) for each in (everywhere, HASHED, IMMUTABLE, REVALIDATE))
