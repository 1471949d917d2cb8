package io.coapgate.gateway.dtls;

import java.util.function.Consumer;
import org.eclipse.californium.core.coap.MessageObserverAdapter;
import org.eclipse.californium.core.coap.Response;

/** Follows one request until it is answered or there is no hope. Called on several threads, and perhaps more than once. */
final class OneAnswer extends MessageObserverAdapter {
    private final Consumer<Response> answered;
    private final Consumer<String> failed;

    OneAnswer(Consumer<Response> answered, Consumer<String> failed) {
        this.answered = answered;
        this.failed = failed;
    }

    @Override
    public void onResponse(Response response) {
        answered.accept(response);
    }

    @Override
    public void onReject() {
        failed.accept("a reset");
    }

    @Override
    public void onTimeout() {
        failed.accept("no acknowledgement");
    }

    @Override
    public void onCancel() {
        failed.accept("not sent");
    }

    @Override
    public void onSendError(Throwable error) {
        failed.accept("no session, or no way to the server");
    }
}
