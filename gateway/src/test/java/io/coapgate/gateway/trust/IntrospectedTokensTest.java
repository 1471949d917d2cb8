package io.coapgate.gateway.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coapgate.crypto.ace.IntrospectionResponse;
import io.coapgate.crypto.cwt.CwtClaims;
import io.coapgate.crypto.key.Thumbprint;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.MutableClock;
import io.coapgate.gateway.token.TokenRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class IntrospectedTokensTest {
    private static final byte[] TOKEN = "opaque".getBytes(US_ASCII);
    private static final Thumbprint NAME = Thumbprint.ofContent(TOKEN);

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<CompletableFuture<IntrospectionResponse>> questions = new ArrayList<>();
    private final List<Thumbprint> ended = new ArrayList<>();
    private final IntrospectedTokens tokens = new IntrospectedTokens(
            "as",
            token -> {
                CompletableFuture<IntrospectionResponse> question = new CompletableFuture<>();
                questions.add(question);
                return question;
            },
            new IntrospectionSettings.Bounds(
                    Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10), 2, 16),
            20,
            clock);

    IntrospectedTokensTest() {
        tokens.onEnd(ended::add);
    }

    private IntrospectionResponse active(String scope) {
        return IntrospectionResponse.active(CwtClaims.builder()
                .scope(scope)
                .expiresAt(Instant.parse("2026-01-01T12:00:00Z"))
                .build());
    }

    private void answer(IntrospectionResponse response) {
        questions.get(questions.size() - 1).complete(response);
    }

    private void fail() {
        questions.get(questions.size() - 1).completeExceptionally(new IntrospectionException("down"));
    }

    private static void assertRefused(CompletionStage<CwtClaims> claims, Refusal reason) {
        assertThatThrownBy(() -> claims.toCompletableFuture().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private void learn() {
        tokens.claimsOf(TOKEN);
        answer(active("read"));
    }

    @Test
    void asksOnceHoweverManyWantToKnow() {
        CompletionStage<CwtClaims> first = tokens.claimsOf(TOKEN);
        CompletionStage<CwtClaims> second = tokens.claimsOf(TOKEN);
        assertThat(questions).hasSize(1);
        answer(active("read"));
        assertThat(first.toCompletableFuture().join().scope()).contains("read");
        assertThat(second.toCompletableFuture()).isCompleted();
        assertThat(tokens.claimsOf(TOKEN).toCompletableFuture()).isCompleted();
        assertThat(questions).hasSize(1);
    }

    @Test
    void remembersForAMomentThatATokenIsNotActive() {
        CompletionStage<CwtClaims> claims = tokens.claimsOf(TOKEN);
        answer(IntrospectionResponse.INACTIVE);
        assertRefused(claims, Refusal.TOKEN_INACTIVE);
        assertRefused(tokens.claimsOf(TOKEN), Refusal.TOKEN_INACTIVE);
        assertThat(questions).hasSize(1);
        clock.advance(Duration.ofSeconds(10));
        tokens.claimsOf(TOKEN);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aFailureIsARefusalAndNotRemembered() {
        CompletionStage<CwtClaims> claims = tokens.claimsOf(TOKEN);
        fail();
        assertRefused(claims, Refusal.TOKEN_INTROSPECTION_FAILED);
        tokens.claimsOf(TOKEN);
        assertThat(questions).hasSize(2);
        assertThat(tokens.tally().counts()).containsEntry("failed", 1L);
    }

    @Test
    void asksAgainAboutTokensThatAreHeld() {
        learn();
        tokens.recheck(Set.of(NAME));
        assertThat(questions).as("too early").hasSize(1);
        clock.advance(Duration.ofMinutes(5));
        tokens.recheck(Set.of(NAME));
        assertThat(questions).hasSize(2);
        answer(active("read"));
        tokens.recheck(Set.of(NAME));
        assertThat(questions).hasSize(2);
        assertThat(ended).isEmpty();
    }

    @Test
    void aTokenEndsWhenItIsNotActiveAnyMore() {
        learn();
        clock.advance(Duration.ofMinutes(5));
        tokens.recheck(Set.of(NAME));
        answer(IntrospectionResponse.INACTIVE);
        assertThat(ended).containsExactly(NAME);
        assertThat(tokens.count()).isZero();
    }

    @Test
    void aTokenEndsWhenItGrantsSomethingElse() {
        learn();
        clock.advance(Duration.ofMinutes(5));
        tokens.recheck(Set.of(NAME));
        answer(active("write"));
        assertThat(ended).containsExactly(NAME);
    }

    @Test
    void aTokenOutlivesAServerThatIsDownForATime() {
        learn();
        for (int minutes = 5; minutes < 60; minutes += 5) {
            clock.advance(Duration.ofMinutes(5));
            tokens.recheck(Set.of(NAME));
            fail();
        }
        assertThat(ended).isEmpty();
        clock.advance(Duration.ofMinutes(5));
        tokens.recheck(Set.of(NAME));
        assertThat(ended).containsExactly(NAME);
    }

    @Test
    void anUploadOfATokenThatIsDueIsAskedAbout() {
        learn();
        clock.advance(Duration.ofMinutes(5));
        CompletionStage<CwtClaims> claims = tokens.claimsOf(TOKEN);
        answer(IntrospectionResponse.INACTIVE);
        assertRefused(claims, Refusal.TOKEN_INACTIVE);
    }

    @Test
    void forgetsTokensThatNobodyHoldsOrThatHaveEnded() {
        learn();
        clock.advance(Duration.ofMinutes(5));
        tokens.recheck(Set.of());
        assertThat(tokens.count()).isZero();
        learn();
        clock.advance(Duration.ofHours(12));
        tokens.recheck(Set.of(NAME));
        assertThat(tokens.count()).isZero();
        assertThat(questions).hasSize(2);
    }

    @Test
    void remembersSoManyAndAsksOfNoneThatIsTooLong() {
        for (String other : List.of("a", "b")) {
            tokens.claimsOf(other.getBytes(US_ASCII));
            answer(active("read"));
        }
        CompletionStage<CwtClaims> third = tokens.claimsOf(TOKEN);
        answer(active("read"));
        assertRefused(third, Refusal.TOKEN_INTROSPECTION_FAILED);
        assertRefused(tokens.claimsOf(new byte[21]), Refusal.TOKEN_TOO_LARGE);
        assertThat(questions).hasSize(3);
    }
}
