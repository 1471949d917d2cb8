package io.coapgate.gateway.issuing;

/** A client over HTTP gets no for an answer. The message is for the client: it names nothing that a stranger may not know. */
public final class OAuthRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final OAuthError error;

    public OAuthRefusedException(OAuthError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    public OAuthError error() {
        return error;
    }

    /** What the client is told, in printable ASCII without quotes and backslashes (RFC 6749 §5.2). */
    public String description() {
        return String.valueOf(getMessage());
    }
}
