"""The web site of the tutorial's plugin."""

import http.server
import io
import json
from http.cookies import SimpleCookie

from PIL import Image

HOST = "http://pictures.example"
PICTURES = {"42": ("sun", "sea"), "43": ("secret",)}
"""The pictures of each post; post 43 is private."""


class PictureSiteHandler(http.server.BaseHTTPRequestHandler):
    """Serves pictures.example: posts for visitors of age, one of them with a login, and pictures for its own pages."""

    def do_GET(self) -> None:
        post = self.find_post()
        is_picture = self.path.endswith(".jpg") and self.headers["Referer"] in {f"{HOST}/p/{key}" for key in PICTURES}
        self.send_response(200 if post or is_picture else 404)
        self.send_header("Content-Type", "application/json" if post else "image/jpeg")
        self.end_headers()
        if post:
            self.wfile.write(json.dumps(post).encode())
        elif is_picture:
            picture = io.BytesIO()
            Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
            self.wfile.write(picture.getvalue())

    def find_post(self) -> dict[str, object] | None:
        """Return the requested post if the visitor may see it."""
        key = self.path.removeprefix("/p/").removesuffix(".json")
        cookies = {name: morsel.value for name, morsel in SimpleCookie(self.headers["Cookie"] or "").items()}
        needed = {"of_age": "yes", "session": "good"} if key == "43" else {"of_age": "yes"}
        if key not in PICTURES or not needed.items() <= cookies.items():
            return None
        return {"title": f"Post {key}", "pictures": [{"url": f"{HOST}/{name}.jpg"} for name in PICTURES[key]]}

    def log_message(self, *_: object) -> None:
        """Print no log messages."""
