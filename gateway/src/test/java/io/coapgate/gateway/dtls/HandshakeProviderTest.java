package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.jca.CryptoProvider;
import io.coapgate.gateway.device.Device;
import io.coapgate.gateway.device.Devices;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The DTLS stack signs and verifies with what {@code crypto.provider: jdk} installs, whatever other tests installed before. */
@ResourceLock(Resources.GLOBAL)
class HandshakeProviderTest {
    private static final String NATIVE = "CoapgateNative";
    private static final String ED25519 = "CoapgateEd25519";

    private final Provider[] before = Security.getProviders();

    @BeforeEach
    void install() throws Exception {
        Security.removeProvider(NATIVE);
        CryptoProvider.JDK.install();
    }

    @AfterEach
    void restore() {
        Security.removeProvider(ED25519);
        for (int i = 0; i < before.length; i++) {
            Security.insertProviderAt(before[i], i + 1); // those that are there stay where they are
        }
    }

    @Test
    void anEd25519HandshakeNeedsNoNativeCode() throws Exception {
        KeyPair keys = Devices.ed25519();
        Device device = Devices.device("device-a", "r", Devices.rpk(keys.getPublic()));
        Signature signature = Signature.getInstance("ED25519");
        signature.initVerify(keys.getPublic());
        assertThat(signature.getProvider().getName()).isEqualTo(ED25519);

        try (DtlsServer server = DtlsServer.of(CredentialMode.RPK, new Certificates("ca"), device);
                DtlsClient client = DtlsClient.rpk(keys)) {
            client.exchange(server.address());

            assertThat(server.events().connected()).containsExactly("device-a");
        }
    }
}
