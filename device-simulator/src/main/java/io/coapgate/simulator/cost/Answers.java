package io.coapgate.simulator.cost;

import io.coapgate.simulator.device.Answer;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for answers, which the device's own timeout bounds. */
final class Answers {
    private Answers() {}

    /** @throws IOException if there is none, or not one of class 2 */
    static Answer success(CompletionStage<Answer> pending) throws IOException, InterruptedException {
        Answer answer = any(pending);
        if (!answer.isSuccess()) {
            throw new IOException("the gateway answered " + answer.outcome());
        }
        return answer;
    }

    /** @throws IOException if there is none */
    static Answer any(CompletionStage<Answer> pending) throws IOException, InterruptedException {
        try {
            return pending.toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException("no answer: " + e.getCause(), e.getCause());
        }
    }
}
