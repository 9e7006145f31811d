"""The smallest page that the framework can serve: what every page of the product is measured against."""

from __future__ import annotations

from flask import Flask

app = Flask("bare")


@app.get("/")
def page() -> str:
    return "<!doctype html><title>Bare</title><p>Nothing."
