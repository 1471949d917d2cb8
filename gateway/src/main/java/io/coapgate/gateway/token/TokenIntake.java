package io.coapgate.gateway.token;

import io.coapgate.crypto.cwt.VerifiedCwt;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.refusal.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes uploaded tokens to {@link TokenAdmission} without holding anybody up. A token whose key is not known yet waits for
 * one look at its issuer's newer keys, and is tried once more. Thread-safe.
 */
public final class TokenIntake {
    private final TokenAdmission admission;
    private final Executor verifier;

    /** @param verifier runs the signature checks */
    public TokenIntake(TokenAdmission admission, Executor verifier) {
        this.admission = admission;
        this.verifier = verifier;
    }

    /** @return completed exceptionally with {@link TokenRefusedException} if the token is not let in */
    public CompletionStage<VerifiedCwt> admit(AuthenticatedDevice device, byte[] token) {
        return verified(device, token).exceptionallyCompose(failure -> lookAgain(device, token, failure));
    }

    private CompletionStage<VerifiedCwt> lookAgain(AuthenticatedDevice device, byte[] token, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Optional<CompletionStage<Void>> newer = cause instanceof TokenRefusedException refused
                ? refused.lacking().flatMap(IssuerKeySource::refreshForUnknownKey)
                : Optional.empty();
        return newer.isPresent()
                ? newer.get().thenCompose(ignored -> verified(device, token))
                : CompletableFuture.failedFuture(cause);
    }

    private CompletableFuture<VerifiedCwt> verified(AuthenticatedDevice device, byte[] token) {
        CompletableFuture<VerifiedCwt> verified = new CompletableFuture<>();
        try {
            verifier.execute(() -> {
                try {
                    verified.complete(admission.admit(device, token));
                } catch (TokenRefusedException | RuntimeException e) {
                    verified.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            verified.completeExceptionally(new TokenRefusedException(Refusal.GATEWAY_BUSY, e));
        }
        return verified;
    }
}
