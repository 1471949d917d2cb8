package io.coapgate.gateway.refusal;

import java.util.Locale;

/**
 * Every reason for which the gateway refuses a handshake, a token or a request.
 *
 * <p>{@link #code()} is stable: logs, metrics, the audit trail and the documentation use it. {@link #title()} is what a
 * peer may be told; it says no more than the peer already knows.
 */
public enum Refusal {
    // the handshake; a peer sees one and the same alert for all of them
    CREDENTIAL_UNKNOWN("Unauthorized"),
    CREDENTIAL_NOT_YET_VALID("Unauthorized"),
    CREDENTIAL_EXPIRED("Unauthorized"),
    CERTIFICATE_UNTRUSTED("Unauthorized"),
    /** The credential is in force, but the peer does not hold its key. */
    CREDENTIAL_KEY_WRONG("Unauthorized"),
    /** The handshake broke off before a credential was named: nothing in common, no certificate, an alert of the peer. */
    HANDSHAKE_FAILED("Unauthorized"),
    DEVICE_DISABLED("Unauthorized"),
    /** The session stands, but its device or credential has been withdrawn since. */
    DEVICE_REVOKED("Unauthorized"),

    // the token
    TOKEN_MISSING("Token required"),
    TOKEN_MALFORMED("Malformed token"),
    TOKEN_TOO_LARGE("Token too large"),
    TOKEN_ALGORITHM("Invalid token"),
    TOKEN_ISSUER_UNKNOWN("Invalid token"),
    TOKEN_KEY_UNKNOWN("Invalid token"),
    /** The token's issuer is trusted, but none of its keys are at hand: its key set can't be had, or is too old. */
    TOKEN_KEYS_UNAVAILABLE("Token can't be checked now"),
    TOKEN_SIGNATURE("Invalid token"),
    TOKEN_EXPIRED("Token expired"),
    TOKEN_NOT_YET_VALID("Token not yet valid"),
    /** It was not made for a nonce that the gateway gave out a moment ago. */
    TOKEN_STALE("Token not fresh"),
    TOKEN_LIFETIME("Invalid token"),
    TOKEN_CLAIMS("Invalid token"),
    TOKEN_AUDIENCE("Wrong audience"),
    TOKEN_SCOPE("Unknown scope"),
    /** The token is genuine, but belongs to another key or device than this session's. */
    TOKEN_BINDING("Invalid token"),
    /** Another token with the same issuer and {@code cti} has been seen, or a newer one for the same key is held. */
    TOKEN_REPLAYED("Invalid token"),
    /** The gateway has issued the token, and revoked it since. */
    TOKEN_REVOKED("Invalid token"),
    /** The authorization server says of an opaque token that it is not active. */
    TOKEN_INACTIVE("Invalid token"),
    /** The authorization server could not be asked about an opaque token, or gave no answer that can be used. */
    TOKEN_INTROSPECTION_FAILED("Token can't be checked now"),
    /** It names nobody who may have a session: the device is not enrolled. */
    TOKEN_SUBJECT("Invalid token"),
    /** Its {@code kid} means another key, which a token has that is still valid. */
    TOKEN_KEY_REUSED("Invalid token"),

    // asking for a token
    /** Not what the content format says, or something in it that must not be there. */
    GRANT_MALFORMED("Malformed token request"),
    /** The request is in the name of another client than the session's. */
    GRANT_CLIENT("Wrong client"),
    GRANT_TYPE("Unsupported grant type"),
    /** No such audience. */
    GRANT_AUDIENCE("Unknown audience"),
    /** The registry gives the device no scope that the audience knows. */
    GRANT_UNAUTHORIZED("Unauthorized client"),
    GRANT_SCOPE("Invalid scope"),
    /** The key that the token is to be bound to is not the one that the session was established with. */
    GRANT_KEY_UNPROVEN("Key not proven"),
    /** A key that the client was not given, or that the audience can't use. */
    GRANT_KEY("Unsupported key"),
    GRANT_PROFILE("Incompatible profile"),
    /** The device, or all devices together, hold as many tokens as may be. */
    GRANT_QUOTA("Too many tokens"),
    /** Only resource servers that the configuration names are told what a token says. */
    INTROSPECTION_FORBIDDEN("Forbidden"),

    // the request
    /** No CoAP message, or one that RFC 7252 §3 or §4 does not allow: reset if it was confirmable, ignored if not. */
    MESSAGE_MALFORMED("Malformed message"),
    PATH_INVALID("Invalid path"),
    QUERY_INVALID("Invalid query"),
    ROUTE_UNKNOWN("Not found"),
    METHOD_NOT_ALLOWED("Method not allowed"),
    SCOPE_INSUFFICIENT("Insufficient scope"),
    BODY_TOO_LARGE("Body too large"),
    OPTION_UNSUPPORTED("Unsupported option"),
    /** A block beyond the end of the body. */
    BLOCK_UNKNOWN("No such block"),
    CONTENT_FORMAT_UNSUPPORTED("Unsupported content format"),
    /** If-Match names only representations that no upstream has given, or that the gateway has forgotten. */
    ENTITY_TAG_UNKNOWN("Precondition failed"),
    ACCEPT_UNSUPPORTED("Not acceptable"),
    /** The payload is not what its Content-Format says. */
    PAYLOAD_MALFORMED("Malformed payload"),
    /** The payload is in order, but the form that the service wants can't say the same. */
    PAYLOAD_UNCONVERTIBLE("Payload can't be converted"),
    PROXYING_NOT_SUPPORTED("Proxying not supported"),
    /** A block out of order, or of a transfer that is forgotten. */
    TRANSFER_INCOMPLETE("Incomplete transfer"),
    HOP_LIMIT_INVALID("Invalid hop limit"),
    HOP_LIMIT_REACHED("Hop limit reached"),
    /** The route wants proof that the request was made just now, RFC 9175 §2. */
    FRESHNESS_REQUIRED("Freshness required"),

    // load
    DEVICE_BUSY("Too many requests in flight"),
    /** One address has uploaded too many tokens before their handshakes, or too fast. */
    SOURCE_BUSY("Too many uploads"),
    /** The device has begun too many block-wise uploads without ending them. */
    UPLOADS_UNFINISHED("Too many unfinished uploads"),
    GATEWAY_BUSY("Overloaded"),
    SHUTTING_DOWN("Shutting down"),

    // behind the gateway
    /** In the gateway itself: signing failed, or the device lacks what the token exchange needs. */
    TOKEN_EXCHANGE_FAILED("Token exchange failed"),
    /** The OAuth server was not reached, or the connection broke off. */
    TOKEN_SERVER_UNREACHABLE("Token service unreachable"),
    TOKEN_SERVER_TIMEOUT("Token service timeout"),
    /** The OAuth server answered 429 or 5xx, or as many exchanges as may wait for it wait already. */
    TOKEN_SERVER_BUSY("Token service overloaded"),
    /** The OAuth server answered with an error of RFC 6749 §5.2. */
    TOKEN_SERVER_REFUSED("Token service refused"),
    /** The OAuth server answered with something that is no token for this use. */
    TOKEN_SERVER_RESPONSE_INVALID("Invalid token service response"),
    UPSTREAM_UNREACHABLE("Upstream unreachable"),
    UPSTREAM_BUSY("Upstream overloaded"),
    /** It has failed so often of late that it is left alone for a while. */
    UPSTREAM_CIRCUIT_OPEN("Upstream unavailable"),
    UPSTREAM_TIMEOUT("Upstream timeout"),
    UPSTREAM_RESPONSE_INVALID("Invalid upstream response"),
    UPSTREAM_RESPONSE_TOO_LARGE("Upstream response too large"),
    /** Upstream answered 401 to a freshly minted token. */
    UPSTREAM_REJECTED_TOKEN("Upstream refused the gateway"),

    INTERNAL_ERROR("Internal error");

    private final String code = name().toLowerCase(Locale.ROOT);
    private final String title;

    Refusal(String title) {
        this.title = title;
    }

    /** The stable reason code, for example {@code token_expired}. */
    public String code() {
        return code;
    }

    /** A short text that is fit for the wire and the same for all devices. */
    public String title() {
        return title;
    }
}
