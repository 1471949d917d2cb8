package io.coapgate.crypto.inspect;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.cose.CoseException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborItemTest {

    private static final String CANARY = "5ec2e75ec2e75ec2e75ec2e75ec2e75e";

    /** RFC 8949 Appendix A. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00 | 0",
                "1bffffffffffffffff | 18446744073709551615",
                "3bffffffffffffffff | -18446744073709551616",
                "c249010000000000000000 | 2(h'010000000000000000')",
                "f93555 | 0.333251953125",
                "f9c400 | -4.0",
                "f97c00 | Infinity",
                "f97e00 | NaN",
                "fa47c35000 | 100000.0",
                "fb3ff199999999999a | 1.1",
                "f7 | undefined",
                "f0 | simple(16)",
                "f8ff | simple(255)",
                "c11a514b67b0 | 1(1363896240)",
                "62225c | \"\\\"\\\\\"",
                "62c3bc | \"ü\"",
                "9f018202039f0405ffff | [1, [2, 3], [4, 5]]",
                "bf6346756ef563416d7421ff | {\"Fun\": true, \"Amt\": -2}",
                "5f42010243030405ff | h'0102030405'",
                "7f657374726561646d696e67ff | \"streaming\""
            })
    void readsWhatIsWellFormed(String encoded, String notation) throws Exception {
        CborItem item = CborItem.read(hex(encoded));
        assertThat(item).hasToString(notation);
        assertThat(item.encoded()).isEqualTo(hex(encoded));
    }

    @Test
    void keepsDuplicatesAndLongFormsAndWhatFollowsIsNotItsBusiness() throws Exception {
        CborItem map = CborItem.read(hex("a21801010102ff"));
        assertThat(map).hasToString("{1: 1, 1: 2}");
        assertThat(map.size()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "18",
                "5bffffffffffffffff",
                "9bffffffffffffffff",
                "bb7fffffffffffffff",
                "ff",
                "1c",
                "5f01ff",
                "5f5f40ffff",
                "8201",
                "bf01ff",
                "9f",
                "d2",
                "f8"
            })
    void refusesWhatIsNot(String encoded) {
        assertThatThrownBy(() -> CborItem.read(hex(encoded))).isInstanceOf(CoseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "d2", "9f", "a1", "5f", "c4821b7fffffffffffffff", "bf"})
    void survivesBombs(String piece) {
        byte[] bomb = hex(piece.repeat(60_000 / (piece.length() / 2)));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThatThrownBy(() -> CborItem.read(bomb)).isInstanceOf(CoseException.class));
    }

    @Test
    void wrapsByteStringsInByteStringsWithoutEnd() throws Exception {
        byte[] nested = hex("00");
        for (int i = 0; i < 2_000; i++) {
            nested = Bytes.string(nested);
        }
        byte[] bytes = nested;
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(CborItem.read(bytes).toString()).contains("secret, not shown"));
    }

    @Test
    void looksForSecretsAmongManyLabelsInNoTime() {
        byte[] manyLabels = hex("bf" + "0102".repeat(2_000) + "2000".repeat(2_000) + "ff");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThat(CborItem.read(Bytes.string(manyLabels)).toString())
                        .startsWith("h'bf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a201042050" + CANARY, // Symmetric
                "a3010220012350" + CANARY, // EC2 with d
                "bf0104205f50" + CANARY + "ffff", // written in pieces
                "a3010201042050" + CANARY, // two key types, one of which makes k secret
                "a2010c2050" + CANARY, // a type that is not known
                "a3010120062350" + CANARY, // OKP with d
                "a2636b747963" + "6f6374616b50" + CANARY // a JWK in CBOR
            })
    void showsNoSecretPartOfAKey(String encoded) throws Exception {
        assertThat(CborItem.read(hex(encoded)).toString())
                .contains("secret, not shown")
                .doesNotContain(CANARY);
    }

    @Test
    void showsNoSecretKeyWithinAByteString() throws Exception {
        byte[] key = hex("a201042050" + CANARY);
        byte[] wrapped = Bytes.join(hex("a1187b"), Bytes.string(Bytes.string(key)));
        assertThat(CborItem.read(wrapped)).hasToString("{123: «secret, not shown»}");
        assertThat(CborItem.read(Bytes.join(hex("d83d81"), key))).hasToString("61([{1: 4, -1: «secret, not shown»}])");
    }

    @Test
    void showsThePublicParts() throws Exception {
        assertThat(CborItem.read(hex("a40102200121410122410a"))).hasToString("{1: 2, -1: 1, -2: h'01', -3: h'0a'}");
    }

    @Test
    void escapesWhatCouldFoolATerminal() throws Exception {
        // "a", escape, "[2J", right-to-left override, line feed
        assertThat(CborItem.read(hex("69611b5b324ae280ae0a"))).hasToString("\"a\\u001b[2J\\u202e\\u000a\"");
        assertThat(CborItem.read(hex("61ff"))).hasToString("«text that is not UTF-8»");
    }

    @Test
    void cutsWhatIsLong() throws Exception {
        assertThat(CborItem.read(Bytes.string(new byte[5_000])).toString())
                .hasSizeLessThan(300)
                .endsWith("(5000 bytes)");
        assertThat(CborItem.read(hex("9f" + "18ff".repeat(5_000) + "ff")).toString())
                .hasSizeLessThan(5_000)
                .endsWith("…");
    }

    @Test
    void neverFailsOtherwise() {
        Random random = new Random(8949);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            try {
                assertThat(CborItem.read(bytes).toString()).isNotNull();
            } catch (CoseException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
