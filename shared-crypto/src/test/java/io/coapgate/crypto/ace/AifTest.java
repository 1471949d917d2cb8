package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceFormatException.Reason;
import io.coapgate.crypto.ace.Aif.Permission;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AifTest {

    /** The example of RFC 9237 §2.1: {@code [["/s/temp", 1], ["/a/led", 5], ["/dtls", 2]]}. */
    private static final byte[] EXAMPLE = hex(
            "83" + "8267" + "2f732f74656d70" + "01" + "8266" + "2f612f6c6564" + "05" + "8265" + "2f64746c73" + "02");

    @Test
    void readsAndWritesTheExampleOfRfc9237() throws Exception {
        Aif aif = Aif.decode(EXAMPLE);
        assertThat(aif.permissions())
                .containsExactly(new Permission("/s/temp", 1), new Permission("/a/led", 5), new Permission("/dtls", 2));
        assertThat(aif.encode()).isEqualTo(EXAMPLE);
    }

    /** {@code [["/a/make-coffee", 2 + 2³² + 2³⁵]]}: POST, and GET and DELETE of what comes of it. */
    @Test
    void keepsTheBitsOfDynamicMethods() throws Exception {
        byte[] encoded = hex("81826e" + "2f612f6d616b652d636f66666565" + "1b0000000900000002");
        assertThat(Aif.decode(encoded).permissions())
                .containsExactly(new Permission("/a/make-coffee", 2 + (1L << 32) + (1L << 35)));
        assertThat(Aif.decode(encoded).encode()).isEqualTo(encoded);
    }

    @Test
    void ofNothingAllowsNothing() throws Exception {
        assertThat(Aif.decode(hex("80")).permissions()).isEmpty();
    }

    @Test
    void ofMoreThan64ResourcesIsRefused() throws Exception {
        List<Permission> most = IntStream.range(0, Aif.MAX_PERMISSIONS)
                .mapToObj(i -> new Permission("/" + i, 1))
                .toList();
        assertThat(Aif.decode(new Aif(most).encode()).permissions()).isEqualTo(most);
        byte[] more = new Aif(most).encode();
        more[1]++;
        byte[] encoded = java.util.Arrays.copyOf(more, more.length + 4);
        System.arraycopy(hex("82612f01"), 0, encoded, more.length, 4);
        assertReason(Reason.TOO_LARGE, encoded);
    }

    @ParameterizedTest
    @CsvSource({
        "not an array, MALFORMED, a0",
        "nothing, MALFORMED, ''",
        "trailing bytes, MALFORMED, 8000",
        "an indefinite length, MALFORMED, 9fff",
        "a pair that is none, INVALID_PARAMETER, 8101",
        "a path alone, INVALID_PARAMETER, 8181612f",
        "three parts, INVALID_PARAMETER, 8183612f0101",
        "a path as bytes, INVALID_PARAMETER, 8182412f01",
        "a path without slash, INVALID_PARAMETER, 8182616101",
        "a path with a space, INVALID_PARAMETER, 8182622f2001",
        "negative methods, INVALID_PARAMETER, 8182612f20",
        "methods as text, INVALID_PARAMETER, 8182612f6131",
        "methods of 64 bits, INVALID_PARAMETER, 8182612f1bffffffffffffffff",
        "one path twice, INVALID_PARAMETER, 8282612f0182612f02"
    })
    void isRefusedWith(String name, Reason reason, String encoded) {
        assertReason(reason, hex(encoded));
    }

    @Test
    void isNotMadeOfPathsThatItCouldNotRead() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Permission("a", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Permission("/" + "a".repeat(255), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Permission("/a", -1));
    }

    private static void assertReason(Reason reason, byte[] encoded) {
        assertThatThrownBy(() -> Aif.decode(encoded))
                .isInstanceOf(AceFormatException.class)
                .extracting(e -> ((AceFormatException) e).reason())
                .isEqualTo(reason);
    }
}
