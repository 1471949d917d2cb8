package io.coapgate.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A directory with a configuration in it, to be spoilt. */
final class ConfigDirectory {
    static final String SECRET = "canary-that-must-never-be-shown";

    /** Line numbers in tests count from here. */
    static final String GATEWAY = """
            issuer: https://gateway.example
            audience: coapgate
            listeners:
              - name: psk
                address: 127.0.0.1
                port: 5684
                credentials: [psk]
            upstreams:
              backend:
                url: http://127.0.0.1:9000
            routes:
              - path: /telemetry/**
                upstream: backend
                audience: https://backend.example
                methods:
                  POST: [telemetry:write]
            """;

    private final Path path;

    ConfigDirectory(Path path) {
        this.path = path;
    }

    Path write(String name, String text) throws IOException {
        return Files.writeString(path.resolve(name), text);
    }

    Path writePrivate(String name, String text) throws IOException {
        Path file = write(name, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    GatewayConfig gateway(String text) throws IOException, ConfigException {
        return new ConfigLoader(Map.of("SET", SECRET)).load(write("gateway.yaml", text));
    }

    DevicesFile devices(String text) throws IOException {
        return new DevicesFile(write("devices.yaml", text), Map.of("SET", SECRET));
    }

    /** What is wrong, each problem as the operator sees it, with the directory taken out. */
    java.util.List<String> problemsOf(ThrowingRead read) throws IOException {
        try {
            read.read();
            return java.util.List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(problem -> problem.toString().replace(path + "/", ""))
                    .toList();
        }
    }

    interface ThrowingRead {
        Object read() throws IOException, ConfigException;
    }
}
