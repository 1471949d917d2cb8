package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes uploaded tokens to {@link TokenAdmission} without holding anybody up. A token whose key is not known yet waits for
 * one look at its issuer's newer keys, and is tried once more; one that is no CWT waits for its authorization server's word.
 * Thread-safe.
 */
public final class TokenIntake {
    private final TokenAdmission admission;
    private final Optional<OpaqueTokens> opaque;
    private final Executor verifier;

    /** Verifies a token, and says what was found. */
    @FunctionalInterface
    interface Judgement<T> {
        T make() throws TokenRefusedException;
    }

    /** @param verifier runs the signature checks */
    public TokenIntake(TokenAdmission admission, Executor verifier) {
        this(admission, Optional.empty(), verifier);
    }

    /** @param opaque who to ask about tokens that are no CWTs; without, they are malformed */
    public TokenIntake(TokenAdmission admission, Optional<OpaqueTokens> opaque, Executor verifier) {
        this.admission = admission;
        this.opaque = opaque;
        this.verifier = verifier;
    }

    /** @return completed exceptionally with {@link TokenRefusedException} if the token is not let in */
    public CompletionStage<VerifiedCwt> admit(AuthenticatedDevice device, byte[] token) {
        if (opaque.isPresent() && token.length > 0 && !CwtTags.begin(token)) {
            OpaqueTokens server = opaque.get();
            return server.claimsOf(token)
                    .thenCompose(claims -> made(() -> admission.admitVouched(device, claims, server.issuer(), token)));
        }
        return judge(() -> admission.admit(device, token));
    }

    TokenAdmission admission() {
        return admission;
    }

    /** @return completed exceptionally with the {@link TokenRefusedException} of the judgement, or {@code GATEWAY_BUSY} */
    <T> CompletionStage<T> judge(Judgement<T> judgement) {
        return made(judgement).exceptionallyCompose(failure -> lookAgain(judgement, failure));
    }

    private <T> CompletionStage<T> lookAgain(Judgement<T> judgement, Throwable failure) {
        Throwable cause = Causes.of(failure);
        Optional<CompletionStage<Void>> newer = cause instanceof TokenRefusedException refused
                ? refused.lacking().flatMap(IssuerKeySource::refreshForUnknownKey)
                : Optional.empty();
        return newer.isPresent()
                ? newer.get().thenCompose(ignored -> made(judgement))
                : CompletableFuture.failedFuture(cause);
    }

    private <T> CompletableFuture<T> made(Judgement<T> judgement) {
        CompletableFuture<T> made = new CompletableFuture<>();
        try {
            verifier.execute(() -> {
                try {
                    made.complete(judgement.make());
                } catch (TokenRefusedException | RuntimeException e) {
                    made.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            made.completeExceptionally(new TokenRefusedException(Refusal.GATEWAY_BUSY, e));
        }
        return made;
    }
}
