package io.coapgate.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Pem;
import io.coapgate.simulator.device.Credential;
import io.coapgate.simulator.device.DeviceProfile;
import io.coapgate.simulator.launch.GatewayDirectory;
import io.coapgate.simulator.launch.HostPort;
import io.coapgate.simulator.launch.KeyPairs;
import io.coapgate.simulator.launch.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that were not made by us: libcoap's client on OpenSSL and on GnuTLS. */
@ExtendWith(House.Keeper.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LibcoapIT {
    private static final String OPENSSL = "coap-client-openssl";
    private static final String GNUTLS = "coap-client-gnutls";
    private static final String ACCEPTED = "\"verdict\":\"accepted\"";

    private final House house;
    private long acceptedBefore;

    @TempDir
    private Path directory = Path.of("");

    LibcoapIT(House house) {
        this.house = house;
    }

    @BeforeEach
    void count() {
        acceptedBefore = house.upstream().accepted();
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void preSharedKeyWorks(String client) throws Exception {
        CommandLine.require(client);
        Credential.PreSharedKey psk = (Credential.PreSharedKey) house.psk().credential();
        assertAccepted(house.psk(), get(client, house.psk(), "-u", psk.identity(), "-k", text(psk)));
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void certificateWorks(String client) throws Exception {
        CommandLine.require(client);
        assertAccepted(house.x509(), get(client, house.x509(), x509Options()));
    }

    @Test
    void rawPublicKeyWorksOnGnuTls() throws Exception {
        CommandLine.require(GNUTLS);
        Credential.RawPublicKey rpk = (Credential.RawPublicKey) house.rpk().credential();
        Path key = PrivateFiles.write(directory.resolve("rpk.pem"), Pem.encodeSec1(rpk.keys()));
        assertAccepted(house.rpk(), get(GNUTLS, house.rpk(), "-M", key.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void bodiesOfSeveralBlocksComeThrough(String client) throws Exception {
        CommandLine.require(client);
        Credential.PreSharedKey psk = (Credential.PreSharedKey) house.psk().credential();
        Path body = PrivateFiles.write(directory.resolve(client + ".txt"), "0123456789".repeat(300));
        run(
                client,
                house.psk(),
                "-m",
                "post",
                "-t",
                "text/plain",
                "-f",
                body.toString(),
                "-u",
                psk.identity(),
                "-k",
                text(psk));
        assertThat(house.upstream().accepted()).isEqualTo(acceptedBefore + 1);
        assertThat(house.upstream().lastRequest().orElseThrow().body()).hasSize(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENSSL, GNUTLS})
    void wrongKeyDoesNotConnect(String client) throws Exception {
        CommandLine.require(client);
        CommandLine.Result result = get(client, house.psk(), "-B", "3", "-u", "psk-1", "-k", "another-key-0123456789");
        assertThat(result.output()).doesNotContain(ACCEPTED);
        assertThat(house.upstream().accepted()).isEqualTo(acceptedBefore);
    }

    @Test
    void rawPublicKeyThatNobodyEnrolledDoesNotConnect() throws Exception {
        CommandLine.require(GNUTLS);
        Path key = PrivateFiles.write(directory.resolve("stranger.pem"), Pem.encodeSec1(KeyPairs.p256(House.RANDOM)));
        CommandLine.Result result = get(GNUTLS, house.rpk(), "-B", "3", "-M", key.toString());
        assertThat(result.output()).doesNotContain(ACCEPTED);
        assertThat(house.upstream().accepted()).isEqualTo(acceptedBefore);
    }

    private String[] x509Options() throws Exception {
        Credential.Certificate x509 = (Credential.Certificate) house.x509().credential();
        Path certificate = PrivateFiles.write(directory.resolve("device.crt.pem"), GatewayDirectory.pem(x509.chain()));
        // GnuTLS does not read the PKCS#8 that Java writes, both read SEC 1.
        Path key = PrivateFiles.write(directory.resolve("device.pem"), Pem.encodeSec1(x509.keys()));
        return new String[] {
            "-c", certificate.toString(),
            "-j", key.toString(),
            "-C", house.gateway().files().authority().toString()
        };
    }

    private void assertAccepted(DeviceProfile device, CommandLine.Result result) {
        assertThat(result.output()).contains(ACCEPTED, "\"sub\":\"" + device.id() + "\"");
        assertThat(house.upstream().accepted()).isEqualTo(acceptedBefore + 1);
    }

    private CommandLine.Result get(String client, DeviceProfile device, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-m", "get"));
        all.addAll(List.of(options));
        return run(client, device, all.toArray(String[]::new));
    }

    private CommandLine.Result run(String client, DeviceProfile device, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(client));
        command.addAll(List.of(options));
        String address = HostPort.format(house.gateway().coaps(House.listener(device.credential())));
        command.add("coaps://" + address + House.SESSION_PATH);
        return CommandLine.run(command);
    }

    private static String text(Credential.PreSharedKey psk) {
        return new String(psk.key().expose(), StandardCharsets.US_ASCII);
    }
}
