FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
# Packages are a layer of their own: they change less often than the code.
COPY src/CleverRemoteOperator/CleverRemoteOperator.csproj src/CleverRemoteOperator/packages.lock.json src/CleverRemoteOperator/
RUN dotnet restore --locked-mode src/CleverRemoteOperator
COPY src/CleverRemoteOperator src/CleverRemoteOperator
RUN dotnet publish --no-restore --framework net10.0 --configuration Release --output /app src/CleverRemoteOperator

# No shell, no package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app .
# Diagnostics would write a socket to /tmp; without them the root file system may be read-only.
ENV DOTNET_EnableDiagnostics=0
USER 20000:25000
# Probes; metrics and status are on 127.0.0.1:9100 unless metrics-listen says otherwise.
EXPOSE 8000
ENTRYPOINT ["/app/clever-remote-operator"]
