package io.coapgate.gateway.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.Thumbprint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class CredentialNameTest {
    @Test
    void hasNoCharactersThatCouldForgeALogLine() {
        assertThat(CredentialName.psk("a\r\nINFO all is well\u001b[2K\u202e\ud83d\ude00"))
                .isEqualTo("psk:a??INFO all is well?[2K??");
    }

    @Test
    void isCutAt64Characters() {
        assertThat(CredentialName.psk("x".repeat(1_000))).hasSize("psk:".length() + 64);
    }

    @Test
    void namesCertificatesAsOpensslDoesAndPeersByAddressWithoutPort() throws Exception {
        assertThat(CredentialName.certificate(Thumbprint.of(new byte[32]))).isEqualTo("x509:" + "00".repeat(32));
        InetAddress peer = InetAddress.getByAddress("name.example", new byte[] {10, 0, 0, 1});
        assertThat(CredentialName.address(new InetSocketAddress(peer, 5684))).isEqualTo("address:10.0.0.1");
    }
}
