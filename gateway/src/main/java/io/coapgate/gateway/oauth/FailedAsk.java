package io.coapgate.gateway.oauth;

/** Carries a {@link Failure} through stages. */
final class FailedAsk extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailedAsk(Failure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
