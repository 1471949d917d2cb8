package io.coapgate.simulator.device;

import io.coapgate.crypto.ace.AceFormatException;
import io.coapgate.crypto.ace.ProblemDetails;
import io.coapgate.simulator.device.NoAnswerException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;

/** Follows one request until it is answered or given up. Called on several threads; the first outcome counts. */
final class PendingAnswer extends MessageObserverAdapter {
    private static final int PROBLEM_DETAILS = 257; // RFC 9290 §6.3
    private static final String PONG = "0.00";

    private final Request request;
    private final long sentNanos = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile boolean handshake;

    PendingAnswer(Request request) {
        this.request = request;
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    void fail(NoAnswerException reason) {
        if (answer.completeExceptionally(reason)) {
            request.cancel();
        }
    }

    @Override
    public void onConnecting() {
        handshake = true;
    }

    @Override
    public void onResponse(Response response) {
        byte[] payload = response.getPayload();
        int format = response.getOptions().getContentFormat();
        OptionalInt contentFormat =
                response.getOptions().hasContentFormat() ? OptionalInt.of(format) : OptionalInt.empty();
        answer.complete(new Answer(
                response.getCode().text,
                payload,
                contentFormat,
                told(response, format == PROBLEM_DETAILS ? problem(payload) : Optional.empty()),
                elapsed(),
                handshake));
    }

    /** A reset is what a ping asks for, and a refusal of anything else. */
    @Override
    public void onReject() {
        if (request.getCode() == null) {
            answer.complete(new Answer(PONG, new byte[0], OptionalInt.empty(), Optional.empty(), elapsed(), handshake));
        } else {
            answer.completeExceptionally(new NoAnswerException(Reason.RESET));
        }
    }

    @Override
    public void onTimeout() {
        answer.completeExceptionally(new NoAnswerException(Reason.TIMEOUT));
    }

    @Override
    public void onCancel() {
        answer.completeExceptionally(new NoAnswerException(Reason.NOT_SENT));
    }

    @Override
    public void onSendError(Throwable error) {
        answer.completeExceptionally(
                new NoAnswerException(handshake ? Reason.HANDSHAKE_FAILED : Reason.NOT_SENT, error));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - sentNanos);
    }

    /** A refusal that passes has to say when to come again (RFC 7252 §5.9.3.4, RFC 8516); that it does not is told. */
    private static Optional<String> told(Response response, Optional<String> title) {
        boolean passing = response.getCode() == ResponseCode.SERVICE_UNAVAILABLE
                || response.getCode() == ResponseCode.TOO_MANY_REQUESTS;
        return passing && !response.getOptions().hasMaxAge()
                ? Optional.of("without Max-Age" + title.map(text -> ": " + text).orElse(""))
                : title;
    }

    private static Optional<String> problem(byte[] payload) {
        try {
            return ProblemDetails.decode(payload).title();
        } catch (AceFormatException e) {
            return Optional.empty();
        }
    }
}
