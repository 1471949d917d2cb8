package io.coapgate.crypto.cose;

import static io.coapgate.crypto.TestVectors.RFC8392_KEY_256;
import static io.coapgate.crypto.TestVectors.RFC8392_KEY_EC;
import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException.Reason;
import io.coapgate.crypto.key.KeyId;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9052 §7. */
class CoseKeySetTest {

    /** An Ed25519 key without identifier. */
    private static final String ED =
            "a3010120062158" + "20d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    private static CoseKeySet decode(String hex) throws CoseException {
        return CoseKeySet.decodePublic(hex(hex), CoseKeySet.MAX_BYTES);
    }

    private static void assertRefused(String hex, Reason reason) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOfSatisfying(
                        CoseException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static String publicEc() throws CoseException {
        return HexFormat.of()
                .formatHex(CoseKey.decode(RFC8392_KEY_EC).publicOnly().encode());
    }

    @Test
    void readsTheKeysInTheirOrder() throws Exception {
        List<CoseKey> keys = decode("82" + publicEc() + ED).keys();
        assertThat(keys).extracting(CoseKey::type).containsExactly(CoseKey.Type.EC2, CoseKey.Type.OKP);
        assertThat(keys.get(0).keyId()).contains(KeyId.ofUtf8("AsymmetricECDSA256"));
    }

    @Test
    void writesWhatItReads() throws Exception {
        byte[] set = CoseKeySet.ofPublicKeys(List.of(CoseKey.decode(hex(ED)))).encode();
        assertThat(set).isEqualTo(hex("81" + ED));
        assertThat(CoseKeySet.decodePublic(set, 100).keys()).hasSize(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        01                       | no map
        a0                       | without type
        a10105                   | of a type that is not supported
        a401022001215820143329cce7868e416927599cf65a34f3ce2ffda55a7eca69ed8919a394d42f0f22582060f7f1a780d8a783bfb7a2dd6b2796e8128dbbcef9d3d168db9529971a36e7b8 | off the curve
        """)
    void leavesOutWhatCantBeUsed(String element, String reason) throws Exception {
        assertThat(decode("82" + element + ED).keys()).as(reason).hasSize(1);
    }

    @Test
    void aSetWithoutAnyUsableKeyIsEmpty() throws Exception {
        assertThat(decode("81a0").keys()).isEmpty();
    }

    @Test
    void refusesASymmetricKey() {
        assertRefused("82" + ED + HexFormat.of().formatHex(RFC8392_KEY_256), Reason.INVALID_KEY);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
        a10104       | a symmetric key that lacks its value
        a3010220082341aa | on an unknown curve, with a private part
        a201032241aa | of RSA, with a private exponent
        """)
    void refusesSecretsOfKeysThatItCouldNotUseAnyway(String element, String reason) {
        assertRefused("82" + ED + element, Reason.INVALID_KEY);
    }

    @Test
    void refusesAPrivateKey() {
        assertRefused("81" + HexFormat.of().formatHex(RFC8392_KEY_EC), Reason.INVALID_KEY);
    }

    @ParameterizedTest
    @CsvSource({"80, WRONG_STRUCTURE", "a0, WRONG_STRUCTURE", "9fff, MALFORMED", "8100ff, MALFORMED", "'', MALFORMED"})
    void refusesWhatIsNoSet(String hex, Reason reason) {
        assertRefused(hex, reason);
    }

    @Test
    void refusesMoreBytesOrKeysThanAllowed() {
        assertThatThrownBy(() -> CoseKeySet.decodePublic(hex("81" + ED), 20)).hasMessage("more bytes than allowed");
        assertRefused("9841" + String.join("", Collections.nCopies(65, "00")), Reason.TOO_LARGE);
    }

    @Test
    void publishesNoSecret() throws Exception {
        for (CoseKey secret : List.of(CoseKey.decode(RFC8392_KEY_256), CoseKey.decode(RFC8392_KEY_EC))) {
            assertThatThrownBy(() -> CoseKeySet.ofPublicKeys(List.of(secret)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
