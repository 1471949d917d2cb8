package io.coapgate.crypto.ace;

import static io.coapgate.crypto.TestVectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.RevocationList.Change;
import io.coapgate.crypto.ace.RevocationListError.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9770 §6.1, §7 to §9, with the abbreviations of §12 and §13. */
class RevocationListTest {
    private static final TokenHash T1 = TokenHash.of(new byte[] {1});
    private static final TokenHash T2 = TokenHash.of(new byte[] {2});
    private static final TokenHash T3 = TokenHash.of(new byte[] {3});
    private static final TokenHash T4 = TokenHash.of(new byte[] {4});
    private static final TokenHash T5 = TokenHash.of(new byte[] {5});
    private static final TokenHash T6 = TokenHash.of(new byte[] {6});
    private static final String B1 = "5821" + T1;
    private static final String B2 = "5821" + T2;
    private static final String B3 = "5821" + T3;
    private static final String B4 = "5821" + T4;
    private static final String B5 = "5821" + T5;
    private static final String B6 = "5821" + T6;

    private static void assertForm(RevocationList list, String encoded) throws Exception {
        assertThat(list.encode()).isEqualTo(hex(encoded));
        assertThat(RevocationList.decode(hex(encoded), 1000)).isEqualTo(list);
    }

    @Test
    void holdsAllAsTheExampleOfAFullQueryDoes() throws Exception {
        assertForm(RevocationList.full(List.of(T1, T2), OptionalLong.of(1)), "a2" + "0082" + B1 + B2 + "0201");
        assertForm(RevocationList.full(List.of(), OptionalLong.empty()), "a2" + "0080" + "02f6");
    }

    /** The third notification of RFC 9770's diff query with cursor: t1 ended, t2 and t1 had been revoked. */
    @Test
    void holdsChangesAsTheExampleOfADiffQueryDoes() throws Exception {
        List<Change> changes = List.of(
                new Change(List.of(T1), List.of()),
                new Change(List.of(), List.of(T2)),
                new Change(List.of(), List.of(T1)));
        assertForm(
                RevocationList.diff(changes, OptionalLong.of(2), false),
                "a3" + "0183" + "8281" + B1 + "80" + "8280" + "81" + B2 + "8280" + "81" + B1 + "0202" + "03f4");
        assertForm(RevocationList.diff(List.of(), OptionalLong.empty(), true), "a3" + "0180" + "02f6" + "03f5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a0",
                "a20000020a",
                "a200814100020a",
                "a20080" + "0220",
                "a2008002f5",
                "a30181808002f603f4",
                "a2018002f6",
                "a3018002f60300"
            })
    void refusesOtherForms(String encoded) {
        assertThatThrownBy(() -> RevocationList.decode(hex(encoded), 1000)).isInstanceOf(AceFormatException.class);
    }

    /** RFC 9770 C.5: eight changes asked for, five told, and three with the next cursor; the last adds two at once. */
    @Test
    void holdsManyChangesAsTheExampleWithCursorDoes() throws Exception {
        List<Change> first = List.of(removed(T4), removed(T3), added(T4), added(T3), removed(T2));
        assertForm(
                RevocationList.diff(first, OptionalLong.of(7), true),
                "a3" + "0185" + "8281" + B4 + "80" + "8281" + B3 + "80" + "828081" + B4 + "828081" + B3 + "8281" + B2
                        + "80" + "0207" + "03f5");
        List<Change> rest = List.of(removed(T6), removed(T5), added(T5, T6));
        assertForm(
                RevocationList.diff(rest, OptionalLong.of(10), false),
                "a3" + "0183" + "8281" + B6 + "80" + "8281" + B5 + "80" + "828082" + B5 + B6 + "020a" + "03f4");
    }

    private static Change removed(TokenHash... tokens) {
        return new Change(List.of(tokens), List.of());
    }

    private static Change added(TokenHash... tokens) {
        return new Change(List.of(), List.of(tokens));
    }

    /** As RFC 9770 §6.1 has it in Figure 5, where {@code ace-trl-error} has key 1; without the detail. */
    @Test
    void saysWhatIsWrongWithAQuery() {
        String title = "20" + "77" + "496e76616c696420706172616d657465722076616c7565";
        assertThat(new RevocationListError(Kind.INVALID_VALUE, Optional.of(OptionalLong.of(42))).encode())
                .isEqualTo(hex("a2" + "01a2" + "0000" + "01182a" + title));
        assertThat(new RevocationListError(Kind.INVALID_VALUE, Optional.of(OptionalLong.empty())).encode())
                .isEqualTo(hex("a2" + "01a2" + "0000" + "01f6" + title));
        assertThat(new RevocationListError(Kind.OUT_OF_BOUND, Optional.empty()).encode())
                .startsWith(hex("a2" + "01a1" + "0002"));
    }
}
