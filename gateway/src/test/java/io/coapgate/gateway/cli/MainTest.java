package io.coapgate.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coapgate.crypto.jose.JwtSigningKey;
import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.GatewayAddresses;
import io.coapgate.gateway.config.ConfigLoader;
import io.coapgate.gateway.config.DevicesFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    private static final String EXAMPLE =
            Path.of("..", "config", "gateway.yaml").toString();

    private final Path temporary;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    MainTest(@TempDir Path temporary) {
        this.temporary = temporary;
    }

    @Test
    void printsTheVersionOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("coapgate \\d+\\.\\d+\\.\\d+.*\\R");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("run", "check-config", "keygen");
        assertThat(run("run", "--help")).isZero();
        assertThat(out.toString()).contains("--ready-file");
    }

    @Test
    void exits64OnAWrongCommandLine() {
        assertThat(run()).isEqualTo(64);
        assertThat(run("rnu")).isEqualTo(64);
        assertThat(run("run", "--confg", "x")).isEqualTo(64);
        assertThat(run("keygen")).isEqualTo(64);
        assertThat(run("keygen", "psk", "--identity", "not an id")).isEqualTo(64);
        assertThat(run("keygen", "jwt", "--algorithm", "HS256", "--out", "x")).isEqualTo(64);
        assertThat(err.toString()).contains("Try: coapgate run --help", "a device id is 1 to 64");
    }

    @Test
    void checksAConfigurationAndItsRegistry() {
        assertThat(run("check-config", EXAMPLE)).isZero();
        assertThat(out.toString())
                .contains("ok: 2 listeners, 1 upstream, 2 routes")
                .contains("ok: 2 devices");
    }

    @Test
    void warnsAndExits0() throws Exception {
        Path devices = Files.writeString(
                temporary.resolve("devices.yaml"),
                "devices: [{id: d1, scopes: [telemetry:raed], credentials: [{psk: {identity: d1, key: canary-0123456789}}]}]");
        Files.setPosixFilePermissions(devices, PosixFilePermissions.fromString("rw-r--r--"));
        Path file = Files.writeString(temporary.resolve("gateway.yaml"), Files.readString(Path.of(EXAMPLE)));
        assertThat(run("check-config", file.toString())).isZero();
        assertThat(err.toString())
                .contains("warning: " + devices + ": holds keys", "did you mean \"telemetry:read\"?")
                .doesNotContain("canary");
        assertThat(out.toString()).contains("ok: 1 device");
    }

    @Test
    void exits78WithEveryMistakeOnALine() throws Exception {
        Path file = Files.writeString(temporary.resolve("gateway.yaml"), "issuer: 5\n");
        assertThat(run("check-config", file.toString())).isEqualTo(78);
        assertThat(run("run", "--config", file.toString())).isEqualTo(78);
        assertThat(err.toString().lines()).hasSize(10).allMatch(line -> line.startsWith(file + ":1:1: "));
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void makesAPreSharedKeyThatTheRegistryTakes() throws Exception {
        assertThat(run("keygen", "psk", "--identity", "meter-17")).isZero();
        assertThat(devices(out.toString())).isEqualTo(1);
        assertThat(out.toString())
                .as("text that a command line takes")
                .containsPattern("key: \"[A-Za-z0-9_-]{32}\"")
                .containsPattern("# coap-client-openssl -m get -u meter-17 -k [A-Za-z0-9_-]{32} coaps://");
    }

    @Test
    void putsAPreSharedKeyIntoAPrivateFile() throws Exception {
        Path key = temporary.resolve("meter-17.key");
        assertThat(run("keygen", "psk", "--identity", "meter-17", "--out", key.toString()))
                .isZero();
        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(Files.readString(key)).matches("[A-Za-z0-9_-]{32}\n");
        assertThat(out.toString())
                .doesNotContain(Files.readString(key).strip())
                .contains("-k \"$(cat '" + key + "')\"");
        assertThat(devices(out.toString())).isEqualTo(1);
    }

    @Test
    void makesARawPublicKeyAndNeverOverwritesOne() throws Exception {
        String[] line = {
            "keygen",
            "rpk",
            "--id",
            "meter-17",
            "--out",
            temporary.resolve("keys").toString()
        };
        assertThat(run(line)).isZero();
        assertThat(devices(out.toString())).isEqualTo(1);
        Path key = temporary.resolve("keys/meter-17.key.pem");
        String written = Files.readString(key);
        assertThat(mode(key)).isEqualTo("rw-------");
        assertThat(Pem.keyPair(written).getPublic())
                .isEqualTo(Pem.publicKey(Files.readString(temporary.resolve("keys/meter-17.pub.pem"))))
                .isEqualTo(Pem.keyPair(Files.readString(temporary.resolve("keys/meter-17.sec1.pem")))
                        .getPublic());
        assertThat(run(line)).isEqualTo(73);
        assertThat(err.toString()).contains("exists already");
        assertThat(key).hasContent(written);
    }

    @Test
    void makesAServerKeyAndASigningKeyThatTheGatewayTakes() throws Exception {
        assertThat(run("keygen", "server", "--out", temporary.toString(), "--dns", "gw.example"))
                .isZero();
        Path jwt = temporary.resolve("jwt.pem");
        assertThat(run("keygen", "jwt", "--algorithm", "EdDSA", "--out", jwt.toString()))
                .isZero();
        Path config = temporary.resolve("gateway.yaml");
        Files.writeString(config, Files.readString(Path.of(EXAMPLE)) + out);
        var loaded = new ConfigLoader(Map.of()).load(config);
        assertThat(loaded.dtls().certificates()).hasSize(1);
        assertThat(loaded.jwt().configuredKey())
                .map(JwtSigningKey::keyId)
                .contains(JwtSigningKey.fromPem(Files.readString(jwt)).keyId());
    }

    @Test
    void runsUntilItIsToldToStopThenDrains() throws Exception {
        Path ready = temporary.resolve("ready.json");
        List<String> events = java.util.Collections.synchronizedList(new ArrayList<>());
        Termination termination = new Termination();
        RunCommand command =
                new RunCommand(Map.of(), (config, environment) -> new RecordedGateway(events), termination);
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(
                () -> new CommandLine(command).execute("--config", EXAMPLE, "--ready-file", ready.toString()));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(ready));
        JsonNode written = JsonMapper.shared().readTree(Files.readString(ready));
        assertThat(written.at("/coaps/psk").asString()).isEqualTo("127.0.0.1:4711");
        assertThat(written.at("/http/admin").asString()).isEqualTo("127.0.0.1:8081");
        assertThat(events).isEmpty();
        termination.request();
        assertThat(exit.get(30, java.util.concurrent.TimeUnit.SECONDS)).isZero();
        assertThat(events).containsExactly("drained for PT10S", "closed");
        assertThat(ready).doesNotExist();
    }

    @Test
    void exits70WithOneLineWhenAnAddressIsTaken() {
        Main main = new Main(new PrintWriter(out, true), new PrintWriter(err, true));
        RunCommand.Launcher launcher = (config, environment) -> {
            throw new java.io.IOException("listener psk can't listen");
        };
        assertThat(main.execute(Map.of(), launcher, "run", "--config", EXAMPLE)).isEqualTo(70);
        assertThat(err.toString().lines()).containsExactly("coapgate: listener psk can't listen");
    }

    private int run(String... line) {
        Main main = new Main(new PrintWriter(out, true), new PrintWriter(err, true));
        return main.execute(
                Map.of(),
                (config, environment) -> {
                    throw new IllegalStateException("no gateway is started here");
                },
                line);
    }

    private int devices(String entries) throws Exception {
        Path file = Files.writeString(temporary.resolve("devices.yaml"), "devices:\n" + entries);
        return new DevicesFile(file, Map.of()).read().devices().size();
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private record RecordedGateway(List<String> events) implements RunCommand.Running {
        @Override
        public GatewayAddresses addresses() {
            return new GatewayAddresses(
                    Map.of("psk", new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711)),
                    Map.of("admin", new InetSocketAddress(InetAddress.getLoopbackAddress(), 8081)));
        }

        @Override
        public void drain(Duration atMost) {
            events.add("drained for " + atMost);
        }

        @Override
        public void close() {
            events.add("closed");
        }
    }
}
