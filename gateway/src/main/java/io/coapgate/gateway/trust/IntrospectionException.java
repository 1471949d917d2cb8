package io.coapgate.gateway.trust;

/** An authorization server gave no usable answer about a token. The message repeats nothing that it sent. */
public final class IntrospectionException extends Exception {
    private static final long serialVersionUID = 1L;

    public IntrospectionException(String message) {
        super(message, null, false, false);
    }
}
