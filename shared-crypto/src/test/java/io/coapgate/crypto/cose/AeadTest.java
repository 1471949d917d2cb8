package io.coapgate.crypto.cose;

import static org.assertj.core.api.Assertions.assertThat;

import io.coapgate.crypto.key.SecretBytes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AeadTest {

    private static final byte[] NO_DATA = {};

    static Stream<CoseAlgorithm> algorithms() {
        return Arrays.stream(CoseAlgorithm.values()).filter(one -> one.kind() == CoseAlgorithm.Kind.ENCRYPTION);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void whatIsShorterThanATagIsNotAuthentic(CoseAlgorithm algorithm) throws Exception {
        Aead aead = Aead.of(algorithm, SecretBytes.copyOf(new byte[algorithm.keyLength()]));
        byte[] nonce = new byte[algorithm.nonceLength()];
        for (int length = 0; length < algorithm.tagLength(); length++) {
            assertThat(aead.open(nonce, new byte[length], NO_DATA)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aTagAloneIsTheCiphertextOfNothing(CoseAlgorithm algorithm) throws Exception {
        Aead aead = Aead.of(algorithm, SecretBytes.copyOf(new byte[algorithm.keyLength()]));
        byte[] nonce = new byte[algorithm.nonceLength()];
        byte[] sealed = aead.seal(nonce, NO_DATA, new byte[] {1});
        assertThat(sealed).hasSize(algorithm.tagLength());
        assertThat(aead.open(nonce, sealed, new byte[] {1})).contains(NO_DATA);
        assertThat(aead.open(nonce, sealed, NO_DATA)).isEmpty();
    }
}
