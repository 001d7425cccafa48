# Poruch in a container: non-root, nothing written outside /data and /key.
ARG BASE_IMAGE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS build
WORKDIR /build
COPY requirements.lock requirements-build.lock pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY solidarity solidarity
COPY storage storage
COPY locales locales
COPY sandbox sandbox
COPY migrations migrations
RUN python3 -m venv /tools \
    && /tools/bin/pip install --no-cache-dir --require-hashes -r requirements-build.lock \
    && /tools/bin/python -m hatchling build -t wheel -d /dist \
    && python3 -m venv /app \
    && /app/bin/pip install --no-cache-dir --require-hashes -r requirements.lock \
    && /app/bin/pip install --no-cache-dir --no-deps /dist/*.whl

FROM ${BASE_IMAGE}
RUN groupadd --gid 10001 poruch \
    && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin poruch \
    && install -d -o 10001 -g 10001 -m 0700 /data /key
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PORUCH_DATA_DIR=/data \
    PORUCH_KEY_SOURCE=file:/key/unseal.key
USER 10001:10001
WORKDIR /data
VOLUME ["/data", "/key"]
ENTRYPOINT ["poruch"]
CMD ["run"]
