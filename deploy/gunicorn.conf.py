"""For those who serve with gunicorn instead of granian: `gunicorn -c deploy/gunicorn.conf.py app:app`, behind nginx."""

bind = "unix:/run/consultations/web.sock"
umask = 0o007
workers = 2
threads = 8
worker_class = "gthread"
timeout = 150
graceful_timeout = 30
limit_request_line = 8190
limit_request_fields = 64
limit_request_field_size = 8190
# Nobody's address, browser or page is written down.
accesslog = None
disable_redirect_access_to_syslog = True
errorlog = "-"
# A worker that fails is told with the words of its failure from `error` downwards.
loglevel = "critical"
# Each process makes its own keys, after it was started: nothing is loaded before.
preload_app = False
# Heartbeats in memory.
worker_tmp_dir = "/dev/shm"  # noqa: S108 - a heartbeat, of one name each
