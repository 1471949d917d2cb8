package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.ace.RevocationList.Change;
import io.coapgate.crypto.ace.RevocationListError.Kind;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 9770 §6.2, §7 to §9. */
class RevocationQueriesTest {
    private static final DeviceId D1 = new DeviceId("d1");
    private static final DeviceId D2 = new DeviceId("d2");
    private static final DeviceId VALVE = new DeviceId("valve");
    private static final DeviceId CONSOLE = new DeviceId("console");
    private static final OptionalLong NO_CURSOR = OptionalLong.empty();

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final IssuedTokens tokens;
    private final RevocationQueries queries;

    RevocationQueriesTest(@TempDir Path directory) throws IOException {
        tokens =
                IssuedTokens.open(new TokenJournal(directory.resolve("log")), new IssuedTokenLimits(1000, 1000), clock);
        queries = queries(0);
    }

    private RevocationQueries queries(long numbersFrom) {
        TokenReaders readers = new TokenReaders(Map.of(VALVE, Set.of("valve7")), Set.of(CONSOLE));
        return new RevocationQueries(tokens, readers, numbersFrom);
    }

    private static TokenHash hash(int number) {
        return TokenHash.of(new byte[] {(byte) number});
    }

    private void issue(int number, DeviceId subject, String audience, int seconds) throws GrantRefusedException {
        tokens.issued(new IssuedToken(
                hash(number),
                Cwts.id(number),
                subject,
                audience,
                AceScope.of("open"),
                Confirmation.of(KeyId.ofUtf8("k")),
                clock.instant(),
                clock.instant().plusSeconds(seconds),
                0));
    }

    private void revoke(int... numbers) throws GrantRefusedException {
        for (int number : numbers) {
            issue(number, D1, "valve7", 600);
            tokens.revoke(hash(number));
        }
    }

    private static Change added(int number) {
        return new Change(List.of(), List.of(hash(number)));
    }

    private RevocationList diff(int num, long cursor) throws RevocationQueryException {
        return queries.diff(D1, num, OptionalLong.of(cursor));
    }

    @Test
    void eachSeesWhatPertainsToIt() throws Exception {
        issue(1, D1, "valve7", 60);
        issue(2, D1, "lamp", 60);
        issue(3, D2, "valve7", 60);
        issue(4, D2, "valve7", 60);
        for (int number = 1; number < 4; number++) {
            tokens.revoke(hash(number));
        }
        assertThat(queries.full(D1)).isEqualTo(RevocationList.full(List.of(hash(1), hash(2)), OptionalLong.of(1)));
        assertThat(queries.full(D2)).isEqualTo(RevocationList.full(List.of(hash(3)), OptionalLong.of(0)));
        assertThat(queries.full(VALVE)).isEqualTo(RevocationList.full(List.of(hash(1), hash(3)), OptionalLong.of(1)));
        assertThat(queries.full(CONSOLE))
                .isEqualTo(RevocationList.full(List.of(hash(1), hash(2), hash(3)), OptionalLong.of(2)));
        assertThat(queries.full(new DeviceId("other"))).isEqualTo(RevocationList.full(List.of(), NO_CURSOR));
        assertThat(queries.diff(VALVE, 0, NO_CURSOR).diffSet().orElseThrow()).containsExactly(added(3), added(1));
    }

    /** RFC 9770's example of a diff query with Observe, notification by notification. */
    @Test
    void tellsOfRevocationsAndOfTheirEnd() throws Exception {
        issue(1, D1, "valve7", 60);
        issue(2, D1, "valve7", 90);
        assertThat(queries.diff(VALVE, 3, NO_CURSOR)).isEqualTo(RevocationList.diff(List.of(), NO_CURSOR, false));
        tokens.revoke(hash(1));
        tokens.revoke(hash(2));
        clock.advance(Duration.ofSeconds(60));
        Change t1Ended = new Change(List.of(hash(1)), List.of());
        assertThat(queries.diff(VALVE, 3, NO_CURSOR))
                .isEqualTo(RevocationList.diff(List.of(t1Ended, added(2), added(1)), OptionalLong.of(2), false));
        clock.advance(Duration.ofSeconds(30));
        Change t2Ended = new Change(List.of(hash(2)), List.of());
        assertThat(queries.diff(VALVE, 3, NO_CURSOR))
                .isEqualTo(RevocationList.diff(List.of(t2Ended, t1Ended, added(2)), OptionalLong.of(3), false));
        assertThat(queries.full(VALVE)).isEqualTo(RevocationList.full(List.of(), OptionalLong.of(3)));
    }

    @Test
    void goesOnFromACursor() throws Exception {
        revoke(1, 2, 3);
        assertThat(diff(0, 0)).isEqualTo(RevocationList.diff(List.of(added(3), added(2)), OptionalLong.of(2), false));
        assertThat(diff(1, 0)).isEqualTo(RevocationList.diff(List.of(added(3)), OptionalLong.of(2), false));
        assertThat(diff(0, 2)).isEqualTo(RevocationList.diff(List.of(), OptionalLong.of(2), false));
        assertThatThrownBy(() -> diff(0, 3))
                .isInstanceOfSatisfying(
                        RevocationQueryException.class,
                        e -> assertThat(e.error().kind()).isEqualTo(Kind.OUT_OF_BOUND));
    }

    @Test
    void tellsInBatchesTheOldestFirstAndTheLatestOfEachFirst() throws Exception {
        for (int number = 0; number < 20; number++) {
            revoke(number);
        }
        RevocationList first = queries.diff(D1, 0, NO_CURSOR);
        assertThat(first.diffSet().orElseThrow())
                .hasSize(16)
                .startsWith(added(15))
                .endsWith(added(0));
        assertThat(first.cursor()).hasValue(15);
        assertThat(first.more()).contains(true);
        RevocationList second = diff(0, 15);
        assertThat(second.diffSet().orElseThrow())
                .hasSize(4)
                .startsWith(added(19))
                .endsWith(added(16));
        assertThat(second.more()).contains(false);
        assertThat(queries.diff(D1, 18, NO_CURSOR).diffSet().orElseThrow())
                .startsWith(added(17))
                .endsWith(added(2));
    }

    @Test
    void saysThatChangesHaveBeenForgotten() throws Exception {
        for (int number = 0; number < 34; number++) {
            revoke(number);
        }
        RevocationList lost = RevocationList.diff(List.of(), NO_CURSOR, true);
        assertThat(diff(0, 0)).isEqualTo(lost);
        assertThat(diff(0, 1).diffSet().orElseThrow())
                .as("the next one is there")
                .endsWith(added(2));
    }

    @Test
    void afterARestartOldCursorsAreForgotten() throws Exception {
        revoke(1, 2);
        RevocationQueries restarted = queries(1000);
        assertThat(restarted.diff(D1, 0, OptionalLong.of(0)))
                .isEqualTo(RevocationList.diff(List.of(), NO_CURSOR, true));
        assertThat(restarted.full(D1)).isEqualTo(RevocationList.full(List.of(hash(1), hash(2)), OptionalLong.of(999)));
        revoke(3);
        assertThat(restarted.diff(D1, 0, OptionalLong.of(999)))
                .isEqualTo(RevocationList.diff(List.of(added(3)), OptionalLong.of(1000), false));
    }

    @Test
    void aDeviceWithoutChangesHasNoCursorAndMissesNothing() throws Exception {
        assertThat(diff(0, 7)).isEqualTo(RevocationList.diff(List.of(), NO_CURSOR, false));
    }
}
