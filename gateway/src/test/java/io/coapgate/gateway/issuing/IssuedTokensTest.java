package io.coapgate.gateway.issuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.AceScope;
import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.ace.TokenHash;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cwt.Confirmation;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.Cwts;
import io.coapgate.gateway.token.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuedTokensTest {
    private static final DeviceId D1 = new DeviceId("d1");
    private static final DeviceId D2 = new DeviceId("d2");
    private static final DeviceId SERVER = new DeviceId("valve7");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Path file;
    private final IssuedTokens tokens;
    private final List<String> changes = new ArrayList<>();

    IssuedTokensTest(@TempDir Path directory) throws IOException {
        this.file = directory.resolve("issued-tokens.log");
        this.tokens = open();
        tokens.onChange(change -> changes.add(numbers(change.removed()) + numbers(change.added())));
    }

    private IssuedTokens open() throws IOException {
        return IssuedTokens.open(new TokenJournal(file), new IssuedTokenLimits(5, 3), clock);
    }

    private static TokenHash hash(int number) {
        return TokenHash.of(new byte[] {(byte) number});
    }

    private IssuedToken token(int number, DeviceId subject, Duration life) {
        return new IssuedToken(
                hash(number),
                Cwts.id(number),
                subject,
                "valve7",
                AceScope.of("open"),
                Confirmation.of(KeyId.ofUtf8("k" + number)),
                clock.instant(),
                clock.instant().plus(life),
                100);
    }

    private IssuedToken issue(int number, DeviceId subject, int seconds) throws GrantRefusedException {
        IssuedToken token = token(number, subject, Duration.ofSeconds(seconds));
        tokens.issued(token);
        return token;
    }

    private static String numbers(List<IssuedToken> some) {
        return some.stream()
                .map(token -> String.valueOf(token.id().bytes()[0]))
                .sorted()
                .toList()
                .toString();
    }

    private static void assertRevoked(IssuedTokens in, int number) {
        assertThat(in.isRevoked(Cwts.id(number))).isTrue();
        assertThat(in.find(hash(number))).isEmpty();
    }

    @Test
    void findsATokenUntilItEnds() throws Exception {
        IssuedToken token = issue(1, D1, 60);
        assertThat(tokens.find(hash(1))).contains(token);
        assertThat(tokens.find(hash(2))).isEmpty();
        clock.advance(Duration.ofSeconds(59));
        assertThat(tokens.find(hash(1))).isPresent();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.find(hash(1))).isEmpty();
        tokens.expire();
        assertThat(tokens.count()).isZero();
        assertThat(changes).as("nothing was revoked").isEmpty();
    }

    @Test
    void aRevokedTokenIsOneUntilItEnds() throws Exception {
        issue(1, D1, 60);
        assertThat(tokens.revoke(hash(1))).isTrue();
        assertRevoked(tokens, 1);
        assertThat(tokens.revoke(hash(1))).as("already").isFalse();
        assertThat(tokens.revoke(hash(9))).as("unknown").isFalse();
        assertThat(tokens.revoked()).hasSize(1);
        clock.advance(Duration.ofSeconds(60));
        tokens.expire();
        assertThat(tokens.isRevoked(Cwts.id(1))).as("it has ended instead").isFalse();
        assertThat(tokens.revoked()).isEmpty();
        assertThat(changes).containsExactly("[][1]", "[1][]");
    }

    @Test
    void revokesAllOfADeviceInOneChange() throws Exception {
        issue(1, D1, 60);
        issue(2, D1, 60);
        issue(3, D2, 60);
        assertThat(tokens.revokeAllOf(D1)).isEqualTo(2);
        assertThat(tokens.revokeAllOf(D1)).isZero();
        assertThat(tokens.revokeAllOf(SERVER)).isZero();
        assertThat(tokens.find(hash(3))).isPresent();
        assertThat(changes).containsExactly("[][1, 2]");
    }

    @Test
    void revocationsLastOverARestart() throws Exception {
        IssuedToken kept = issue(1, D1, 600);
        issue(2, D1, 600);
        issue(3, D1, 60);
        tokens.revoke(hash(2));
        tokens.revoke(hash(3));
        clock.advance(Duration.ofSeconds(60));
        IssuedTokens restarted = open();
        assertRevoked(restarted, 2);
        assertThat(restarted.revoked()).as("without the one that has ended").hasSize(1);
        assertThat(restarted.count()).isEqualTo(2);
        assertThat(restarted.subjects()).containsExactly(D1);
        IssuedToken found = restarted.find(hash(1)).orElseThrow();
        assertThat(found.claims().encode()).isEqualTo(kept.claims().encode());
        restarted.revoke(hash(1));
        assertRevoked(open(), 1);
    }

    @Test
    void aScopeOfBytesAndASymmetricKeyLastToo() throws Exception {
        IssuedToken token = token(1, D1, Duration.ofMinutes(1));
        CoseKey key = CoseKey.ofSecret(AuthorizationServers.CIPHER);
        IssuedToken binary = new IssuedToken(
                token.hash(),
                token.id(),
                D1,
                "valve7",
                AceScope.of(new byte[] {1, 2}),
                Confirmation.of(key),
                token.issuedAt(),
                token.expiresAt(),
                0);
        tokens.issued(binary);
        CwtClaims claims = open().find(hash(1)).orElseThrow().claims();
        assertThat(claims.scopeBytes()).contains(new byte[] {1, 2});
        assertThat(claims.encode()).isEqualTo(binary.claims().encode());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aLineThatWasHalfWrittenCostsOnlyItself() throws Exception {
        issue(1, D1, 600);
        Files.writeString(
                file, "+ 01ab\n? \n+ " + hash(2) + " AAAA\n- " + hash(1) + "\n+ 0", StandardOpenOption.APPEND);
        assertRevoked(open(), 1);
    }

    @Test
    void aDeviceHoldsSoManyAndAllTogetherSoMany() throws Exception {
        issue(1, D1, 60);
        issue(2, D1, 60);
        issue(3, D1, 60);
        assertQuota(token(4, D1, Duration.ofMinutes(1)));
        issue(4, D2, 60);
        issue(5, D2, 60);
        assertQuota(token(6, SERVER, Duration.ofMinutes(1)));
        tokens.revoke(hash(1));
        assertQuota(token(6, D1, Duration.ofMinutes(1)));
        clock.advance(Duration.ofSeconds(60));
        issue(6, D1, 60);
        assertThat(tokens.count()).isEqualTo(1);
    }

    private void assertQuota(IssuedToken token) {
        assertThatThrownBy(() -> tokens.issued(token))
                .isInstanceOfSatisfying(
                        GrantRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.GRANT_QUOTA));
    }

    @Test
    void gatewaysThatShareADirectoryKeepTheirOwnTokens() throws Exception {
        Path directory = file.resolveSibling("shared");
        Files.createDirectory(directory);
        IssuedTokenLimits limits = new IssuedTokenLimits(5, 3);
        IssuedTokens first = IssuedTokens.open(TokenJournal.in(directory), limits, clock);
        IssuedTokens second = IssuedTokens.open(TokenJournal.in(directory), limits, clock);
        first.issued(token(1, D1, Duration.ofMinutes(1)));
        second.issued(token(2, D1, Duration.ofMinutes(1)));
        second.close();
        first.close();
        try (IssuedTokens restarted = IssuedTokens.open(TokenJournal.in(directory), limits, clock)) {
            assertThat(restarted.find(hash(1))).isPresent();
            assertThat(restarted.find(hash(2))).isEmpty();
        }
    }

    @Test
    void aTokenThatCantBeRecordedIsNotIssued() throws Exception {
        TokenJournal journal = new TokenJournal(file);
        IssuedTokens failing = IssuedTokens.open(journal, new IssuedTokenLimits(5, 3), clock);
        journal.close();
        assertThatThrownBy(() -> failing.issued(token(1, D1, Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(
                        GrantRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Refusal.INTERNAL_ERROR));
        assertThat(failing.count()).isZero();
    }

    @Test
    void aTokenIsToldOfToTheServerThatItIsForAndToNobodyElse() throws Exception {
        IssuedToken token = issue(1, D1, 60);
        DeviceId lamp = new DeviceId("lamp");
        DeviceId console = new DeviceId("console");
        TokenReaders readers =
                new TokenReaders(Map.of(SERVER, Set.of("valve7"), lamp, Set.of("lamp")), Set.of(console));
        Introspection introspection = new Introspection(tokens, readers, "as");
        assertThat(introspection.answer(SERVER, hash(1)).claims().orElseThrow().issuer())
                .contains("as");
        for (DeviceId other : List.of(lamp, D1, console)) {
            assertThat(introspection.answer(other, hash(1))).isEqualTo(IntrospectionResponse.INACTIVE);
        }
        assertThat(introspection.isFor(lamp)).isTrue();
        assertThat(introspection.isFor(D1)).isFalse();
        assertThat(introspection.isFor(console))
                .as("who sees hashes sees no tokens")
                .isFalse();
        assertThat(List.of(SERVER, D1, console)).allMatch(device -> readers.pertains(device, token));
        assertThat(List.of(lamp, D2)).noneMatch(device -> readers.pertains(device, token));
        tokens.revoke(hash(1));
        assertThat(introspection.answer(SERVER, hash(1))).isEqualTo(IntrospectionResponse.INACTIVE);
    }
}
