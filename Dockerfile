# docker build -t disclosure-checker .
# docker run --rm -v "$PWD:/work:ro" disclosure-checker check public/
FROM python:3.13.9-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE requirements.lock ./
COPY checker checker
COPY rules rules
# The versions of the lock; its hashes would forbid the wheel that is built here.
RUN sed -e 's/ *\\$//' -e '/--hash/d' requirements.lock > pins.txt \
    && python -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheels --constraint pins.txt ".[meta,report]"

FROM python:3.13.9-slim-bookworm
# git, for --changed-since. The folder that is mounted belongs to somebody else, which git asks to be told.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory /work
COPY --from=build /src/wheels /tmp/wheels
RUN python -m pip install --quiet --disable-pip-version-check --no-cache-dir --no-index --find-links /tmp/wheels "disclosure-checker[meta,report]" \
    && rm -rf /tmp/wheels \
    && useradd --uid 10001 --create-home checker
USER checker
WORKDIR /work
ENTRYPOINT ["disclosure-checker"]
CMD ["--help"]
