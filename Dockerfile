# The release for Linux in an image: no compiler and no npm in it, one user without rights, nothing written but /data and /tmp.
# docker build -t chainferry .
# The same archive in it as in a release: --build-arg SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
# Neither git nor .git is here to say when the sources were changed.
ARG SOURCE_DATE_EPOCH=315532800
# The release of the machine that this stage runs on: amd64 or arm64, as the image that is asked for.
RUN node scripts/release/make-release.mjs --out /out \
  && mkdir /opt/chainferry \
  && tar -xzf /out/chainferry-*.tar.gz -C /opt/chainferry --strip-components=1

FROM debian:bookworm-slim
COPY --from=build /opt/chainferry /opt/chainferry
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin chainferry \
  && install -d -m 0700 -o chainferry -g chainferry /data
USER 10001
ENV CHAINFERRY_DATA=/data CHAINFERRY_HOST=0.0.0.0 CHAINFERRY_SIGN_IN=required
VOLUME /data
EXPOSE 3000
# The dashboard leaves word of where it answers this machine: beside a certificate of its own at another port.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["/opt/chainferry/node", "-e", "let at = 'http://127.0.0.1:3000'; try { at = JSON.parse(fs.readFileSync(process.env.CHAINFERRY_DATA + '/serving.json', 'utf8')).url } catch {} fetch(at + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["/opt/chainferry/chainferry"]
CMD ["serve", "--port", "3000", "--no-sandbox"]
