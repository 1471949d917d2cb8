package io.coapgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Pem;
import io.coapgate.gateway.device.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9202 with clients that were not made by us: libcoap's, and tokens of another authorization server for devices that are
 * not enrolled. Both cut an identity after 128 bytes; Debian's {@code coap-client-openssl} has no raw public keys.
 */
@Timeout(300)
class LibcoapHandshakeIT {
    private static final String SECRET = "0123456789abcdef";
    /** Waits for an answer as long as {@code PATIENCE} says. */
    private static final String ASK = "$CLIENT -B \"$PATIENCE\" %s \"$COAPS/temp/1\"";

    private static final String IN_IDENTITY =
            "TOKEN=$(cat token.cwt; printf .); " + ASK.formatted("-u \"${TOKEN%.}\" -k \"$KEY\"");
    private static final String WITH_KEY_FILE = ASK.formatted("-M device.pem");
    private static final String UPLOAD = "$CLIENT -m post -t 61 -f token.cwt \"$COAP/authz-info\"\n";

    private final Path directory;

    private AceGateway gateway;
    private int patienceSeconds = 60;

    LibcoapHandshakeIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void start() throws Exception {
        gateway = AceGateway.of(directory, "devices: any");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String run(String client, String listener, byte[] token, KeyPair keys, String secret, String lines)
            throws Exception {
        LibcoapShell shell = new LibcoapShell(directory, client);
        Files.write(shell.directory().resolve("token.cwt"), token);
        Files.writeString(shell.directory().resolve("device.pem"), Pem.encodeSec1(keys));
        return shell.run(
                lines,
                Map.of(
                        "CLIENT",
                        client,
                        "COAPS",
                        "coaps://127.0.0.1:" + gateway.coaps(listener).getPort(),
                        "COAP",
                        "coap://127.0.0.1:" + gateway.authzInfo().getPort(),
                        "KEY",
                        secret,
                        "PATIENCE",
                        Integer.toString(patienceSeconds)));
    }

    private void assertServed(String output) {
        assertThat(output).endsWith("ok");
        assertThat(gateway.authorizations()).singleElement().asString().startsWith("Bearer ey");
    }

    private void assertRefused(String output) {
        assertThat(output).doesNotEndWith("ok");
        assertThat(gateway.authorizations()).isEmpty();
    }

    @Nested
    class TheTokenInTheIdentity {
        private static final KeyPair UNUSED = Devices.p256();

        private String run(String client, byte[] token, String secret) throws Exception {
            return LibcoapHandshakeIT.this.run(client, "psk", token, UNUSED, secret, IN_IDENTITY);
        }

        /** One that can be an argument of a program: encryption under another IV makes another of it. */
        private byte[] token() {
            Supplier<byte[]> tokens = () -> gateway.encrypted(gateway.claims("new-device", "read")
                    .confirmation(AceGateway.key("k1", SECRET))
                    .build());
            byte[] token = tokens.get();
            while (hasZeroByte(token)) {
                token = tokens.get();
            }
            assertThat(token).hasSizeLessThanOrEqualTo(128);
            return token;
        }

        private static boolean hasZeroByte(byte[] token) {
            for (byte one : token) {
                if (one == 0) {
                    return true;
                }
            }
            return false;
        }

        @ParameterizedTest
        @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
        void opensASession(String client) throws Exception {
            assertServed(run(client, token(), SECRET));
        }

        @ParameterizedTest
        @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
        void opensNoneWithAnotherKey(String client) throws Exception {
            patienceSeconds = 5;
            assertRefused(run(client, token(), "another-key-of-16"));
            gateway.awaitRefusedHandshake("credential_key_wrong");
        }

        @ParameterizedTest
        @ValueSource(strings = {LibcoapShell.OPENSSL, LibcoapShell.GNUTLS})
        void opensNoneIfItIsForged(String client) throws Exception {
            byte[] forged = token();
            forged[forged.length - 1] ^= (byte) (forged[forged.length - 1] == 1 ? 2 : 1);
            patienceSeconds = 5;
            assertRefused(run(client, forged, SECRET));
            gateway.awaitRefusedHandshake("token_signature");
        }
    }

    @Nested
    class TheTokenForARawPublicKey {
        private final KeyPair keys = Devices.p256();

        private String run(KeyPair with, String lines) throws Exception {
            byte[] token = gateway.signed(gateway.claims("new-device", "read")
                    .confirmation(AceGateway.key(keys.getPublic()))
                    .build());
            return LibcoapHandshakeIT.this.run(LibcoapShell.GNUTLS, "rpk", token, with, "", lines);
        }

        @Test
        void letsTheKeyInOnceItIsUploaded() throws Exception {
            assertServed(run(keys, UPLOAD + WITH_KEY_FILE));
        }

        @Test
        void letsNoOtherKeyIn() throws Exception {
            patienceSeconds = 5;
            assertRefused(run(Devices.p256(), UPLOAD + WITH_KEY_FILE));
            gateway.awaitRefusedHandshake("credential_unknown");
        }

        @Test
        void letsNobodyInBeforeItIsUploaded() throws Exception {
            patienceSeconds = 5;
            assertRefused(run(keys, ASK.formatted("-M device.pem")));
            gateway.awaitRefusedHandshake("credential_unknown");
        }
    }
}
