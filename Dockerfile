# A native program: it starts in a few hundredths of a second and needs no .NET runtime. This SDK comes with the linker that needs.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble-aot AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
# Packages are a layer of their own: they change less often than the code. First those the lock file names, then the compiler as well.
COPY src/CleverRemoteOperator/CleverRemoteOperator.csproj src/CleverRemoteOperator/packages.lock.json src/CleverRemoteOperator/
RUN dotnet restore --locked-mode src/CleverRemoteOperator && dotnet restore --use-current-runtime -p:PublishAot=true src/CleverRemoteOperator
COPY src/CleverRemoteOperator src/CleverRemoteOperator
RUN dotnet publish --no-restore --use-current-runtime -p:PublishAot=true --framework net10.0 --configuration Release --output /app src/CleverRemoteOperator

# No shell, no package manager, no runtime.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app/clever-remote-operator .
USER 20000:25000
# Probes; metrics and status are on 127.0.0.1:9100 unless metrics-listen says otherwise.
EXPOSE 8000
ENTRYPOINT ["/app/clever-remote-operator"]
