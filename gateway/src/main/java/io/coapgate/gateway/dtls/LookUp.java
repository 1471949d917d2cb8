package io.coapgate.gateway.dtls;

import io.coapgate.gateway.device.Authentication;
import io.coapgate.gateway.refusal.Refusal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.californium.scandium.dtls.HandshakeResult;
import org.jspecify.annotations.Nullable;

/** One question to the registry in the middle of a handshake, with a deadline. */
final class LookUp {
    /** Well below the patience of a device, whose handshake waits for the answer. */
    private static final long DEADLINE_SECONDS = 5;

    private final CompletableFuture<Authentication> answer;

    /** A look-up that fails or takes too long is a refusal. */
    LookUp(CompletionStage<Authentication> asked) {
        CompletableFuture<Authentication> future = asked.toCompletableFuture();
        // copy(): the deadline must not complete a future that others may share
        CompletableFuture<Authentication> bounded =
                future.isDone() ? future : future.copy().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
        this.answer = bounded.exceptionally(failure -> new Authentication.Refused(Refusal.INTERNAL_ERROR));
    }

    /** A look-up that need not be made. */
    static LookUp refused(Refusal reason) {
        return new LookUp(CompletableFuture.completedFuture(new Authentication.Refused(reason)));
    }

    /**
     * The result if it is known by now, else null, and it goes to the handler later. The handler only queues it for the
     * connection's own executor, so that it does no harm if the answer arrives while this method runs.
     */
    <R extends HandshakeResult> @Nullable R resultOrLater(Function<Authentication, R> result, Consumer<R> handler) {
        if (answer.isDone()) {
            return result.apply(answer.join());
        }
        var unused = answer.thenAccept(authentication -> handler.accept(result.apply(authentication)));
        return null;
    }
}
