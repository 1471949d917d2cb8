package io.coapgate.crypto.cose;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import io.coapgate.crypto.key.KeyId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The reader of the general form is the oracle: whatever is read as a plain form, it reads alike. */
class PlainFormTest {

    private static final int MUTATIONS = 5_000;

    @ParameterizedTest
    @EnumSource(CoseAlgorithm.class)
    void readsWhatIsMadeHereAsTheGeneralReaderDoes(CoseAlgorithm algorithm) throws Exception {
        byte[] message = message(algorithm);
        Structure structure = Structure.of(message).orElseThrow();
        assertThat(PlainForm.read(structure, message).map(PlainFormTest::shown))
                .isEqualTo(general(structure, message))
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource(CoseAlgorithm.class)
    void acceptsNoMutationThatTheGeneralReaderRefusesOrReadsOtherwise(CoseAlgorithm algorithm) {
        Random random = new Random(algorithm.id());
        byte[] message = message(algorithm);
        Structure structure = Structure.of(message).orElseThrow();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = message.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                mutated[1 + random.nextInt(mutated.length - 1)] = (byte) random.nextInt();
            }
            requireAgreement(structure, mutated);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing protected, d18440a041aa41bb",
        "an empty map protected, d18441a0a041aa41bb",
        "an algorithm of another structure, d18443a10126a041aa41bb",
        "an algorithm in a longer form, d18444a1011805a041aa41bb",
        "two parameters protected, d18445a201050300a041aa41bb",
        "kid twice, d18443a10105a204413104413241aa41bb",
        "kid as text, d18443a10105a104613141aa41bb",
        "kid empty, d18443a10105a1044041aa41bb",
        "alg unprotected, d18443a10105a1010541aa41bb",
        "bytes as label, d18443a10105a1414141aa41aa41bb",
        "another label, d18443a10105a11864413141aa41bb",
        "IV of a MAC, d18443a10105a105413141aa41bb",
        "content detached, d18443a10105a0f641bb",
        "null for a MAC, d18443a10105a041aaf6",
        "three parts, d18343a10105a041aa",
        "five parts, d18543a10105a041aa41bb00",
        "an array unprotected, d18443a101058041aa41bb",
        "a map for the protected bytes, d184a0a041aa41bb",
        "not an array, d1a0",
        "encrypted without IV, d08343a1010aa041aa",
        "IV too short, d08343a1010aa1054c00000000000000000000000041aa",
        "IV and Partial IV, d08343a1010aa2054d0000000000000000000000000006410141aa",
        "Partial IV too long, d08343a1010aa1064e000000000000000000000000000041aa"
    })
    void leavesTheRestToTheGeneralReader(String name, String hex) throws Exception {
        byte[] message = HexFormat.of().parseHex(hex);
        CborScan.requireStrict(message, 1);
        assertThat(PlainForm.read(Structure.of(message).orElseThrow(), message)).isEmpty();
    }

    @Test
    void readsAPartialIv() throws Exception {
        byte[] message = HexFormat.of().parseHex("d08343a1010aa1064101" + "49000000000000000000");
        CoseEnvelope envelope = PlainForm.read(Structure.ENCRYPT0, message).orElseThrow();
        assertThat(envelope.headers().partialIv()).contains(new byte[] {1});
        requireAgreement(Structure.ENCRYPT0, message);
    }

    private static void requireAgreement(Structure structure, byte[] message) {
        if (passesScan(message)) {
            Optional<String> plain = PlainForm.read(structure, message).map(PlainFormTest::shown);
            if (plain.isPresent()) {
                assertThat(plain).as(HexFormat.of().formatHex(message)).isEqualTo(general(structure, message));
            }
        }
    }

    private static Optional<String> general(Structure structure, byte[] message) {
        try {
            return Optional.of(shown(CoseEnvelope.of(structure, CborBuilder.build(message, 1))));
        } catch (CoseException e) {
            return Optional.empty();
        }
    }

    private static boolean passesScan(byte[] message) {
        try {
            CborScan.requireStrict(message, 1);
            return true;
        } catch (CoseException e) {
            return false;
        }
    }

    /** All that is read, the protected bytes among what is authenticated. */
    private static String shown(CoseEnvelope envelope) {
        CoseHeaders headers = envelope.headers();
        return String.join(
                " ",
                headers.toString(),
                headers.iv().map(Arrays::toString).orElse("-"),
                headers.partialIv().map(Arrays::toString).orElse("-"),
                Arrays.toString(envelope.authenticated(CoseMessage.NO_AAD)),
                Arrays.toString(envelope.authenticator()));
    }

    /** A message with all that a plain form may have; that it does not verify matters to no reader. */
    private static byte[] message(CoseAlgorithm algorithm) {
        CBORObject unprotected = CoseEnvelope.unprotected(Optional.of(KeyId.ofUtf8("key-1")));
        byte[] header = AlgorithmHeader.of(algorithm);
        byte[] content = new byte[30];
        return switch (algorithm.kind()) {
            case SIGNATURE -> CoseEnvelope.encode(Structure.SIGN1, header, unprotected, content, new byte[64]);
            case MAC -> CoseEnvelope.encode(Structure.MAC0, header, unprotected, content, new byte[32]);
            case ENCRYPTION -> {
                unprotected.set(
                        CBORObject.FromObject(HeaderReader.IV),
                        CBORObject.FromObject(new byte[algorithm.nonceLength()]));
                yield CoseEnvelope.encode(Structure.ENCRYPT0, header, unprotected, content);
            }
        };
    }
}
