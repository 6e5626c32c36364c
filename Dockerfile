# One image for both processes, chosen by command: `rdsbq` (the job, with a verb) and `RdsBq.TransferNotify` (the function). Native AOT: the function answers
# before Pub/Sub has to wait, and there is no runtime to patch. No shell and no package manager in it; it runs as nobody in particular and writes nothing.
#   docker build -t rdsbq .      or      buildah bud -t rdsbq .
# A target_tables.txt beside this file goes into the image; without it every table is wanted.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble-aot
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY . .
ARG REVISION=unknown
RUN for project in jobs/Export functions/TransferNotify; do \
        dotnet publish "$project" -c Release -nodeReuse:false -p:UseSharedCompilation=false -p:PublishAot=true -p:SourceRevisionId="$REVISION" -o /app || exit 1; \
    done \
    && rm -f /app/*.dbg /app/*.pdb /app/*.xml \
    && if [ -f target_tables.txt ]; then cp target_tables.txt /app; fi

FROM ${RUNTIME_IMAGE}
# The version of Directory.Build.props.
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="RdsBq" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /app /app
WORKDIR /app
# The function listens on all addresses when it is told that it runs in a container. The runtime's debugging socket would be a file: it is switched off.
ENV PATH=/app:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    DOTNET_RUNNING_IN_CONTAINER=true \
    DOTNET_EnableDiagnostics=0
USER 1654:1654
# What was linked on one base runs on the other, or there is no image.
RUN ["rdsbq", "--version"]
CMD ["rdsbq"]
