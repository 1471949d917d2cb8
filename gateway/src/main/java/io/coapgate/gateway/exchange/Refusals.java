package io.coapgate.gateway.exchange;

import io.coapgate.gateway.refusal.Refusal;
import java.time.Duration;
import java.util.OptionalInt;

/** The response code of each refusal. */
public final class Refusals {
    /** How long a device should wait before it tries a busy gateway again. */
    private static final Duration BUSY_RETRY = Duration.ofSeconds(5);

    private Refusals() {}

    /** A refusal as the device sees it: code, title, and for a passing one when to come again. */
    public static DeviceResponse response(Refusal refusal) {
        CoapCode code = code(refusal);
        DeviceResponse response = DeviceResponse.refused(code, refusal);
        return code == CoapCode.SERVICE_UNAVAILABLE || code == CoapCode.TOO_MANY_REQUESTS
                ? response.withMaxAge(BUSY_RETRY)
                : response;
    }

    /** The same with a payload of the caller's own. */
    public static DeviceResponse response(Refusal refusal, int contentFormat, byte[] payload) {
        return DeviceResponse.refused(code(refusal), refusal, contentFormat, payload);
    }

    /** The same with code and Max-Age alone, where a payload must not be or has no form of its own. */
    public static DeviceResponse withoutPayload(Refusal refusal) {
        DeviceResponse titled = response(refusal);
        ResponseOptions options = titled.options().withContentFormat(OptionalInt.empty());
        return new DeviceResponse(titled.code(), titled.refusal(), options, new byte[0], false);
    }

    static CoapCode code(Refusal refusal) {
        return switch (refusal) {
            case CREDENTIAL_UNKNOWN,
                    CREDENTIAL_NOT_YET_VALID,
                    CREDENTIAL_EXPIRED,
                    CERTIFICATE_UNTRUSTED,
                    CREDENTIAL_KEY_WRONG,
                    HANDSHAKE_FAILED,
                    DEVICE_DISABLED,
                    DEVICE_REVOKED,
                    TOKEN_MISSING,
                    TOKEN_ALGORITHM,
                    TOKEN_ISSUER_UNKNOWN,
                    TOKEN_KEY_UNKNOWN,
                    TOKEN_SIGNATURE,
                    TOKEN_EXPIRED,
                    TOKEN_NOT_YET_VALID,
                    TOKEN_LIFETIME,
                    TOKEN_CLAIMS,
                    TOKEN_BINDING,
                    TOKEN_REPLAYED,
                    TOKEN_REVOKED,
                    TOKEN_INACTIVE,
                    TOKEN_STALE,
                    TOKEN_SUBJECT,
                    TOKEN_KEY_REUSED,
                    GRANT_CLIENT,
                    FRESHNESS_REQUIRED -> CoapCode.UNAUTHORIZED;
            case GRANT_MALFORMED,
                    GRANT_TYPE,
                    GRANT_AUDIENCE,
                    GRANT_UNAUTHORIZED,
                    GRANT_SCOPE,
                    GRANT_KEY_UNPROVEN,
                    GRANT_KEY,
                    GRANT_PROFILE -> CoapCode.BAD_REQUEST;
            case TOKEN_MALFORMED, TOKEN_SCOPE, PATH_INVALID, QUERY_INVALID, MESSAGE_MALFORMED, HOP_LIMIT_INVALID ->
                CoapCode.BAD_REQUEST;
            case TOKEN_AUDIENCE, SCOPE_INSUFFICIENT, INTROSPECTION_FORBIDDEN -> CoapCode.FORBIDDEN;
            case TOKEN_TOO_LARGE, BODY_TOO_LARGE -> CoapCode.REQUEST_ENTITY_TOO_LARGE;
            case ROUTE_UNKNOWN -> CoapCode.NOT_FOUND;
            case METHOD_NOT_ALLOWED -> CoapCode.METHOD_NOT_ALLOWED;
            case OPTION_UNSUPPORTED, BLOCK_UNKNOWN -> CoapCode.BAD_OPTION;
            case ENTITY_TAG_UNKNOWN -> CoapCode.PRECONDITION_FAILED;
            case CONTENT_FORMAT_UNSUPPORTED, PAYLOAD_UNCONVERTIBLE -> CoapCode.UNSUPPORTED_CONTENT_FORMAT;
            case PAYLOAD_MALFORMED -> CoapCode.BAD_REQUEST;
            case ACCEPT_UNSUPPORTED -> CoapCode.NOT_ACCEPTABLE;
            case TRANSFER_INCOMPLETE -> CoapCode.REQUEST_ENTITY_INCOMPLETE;
            case HOP_LIMIT_REACHED -> CoapCode.HOP_LIMIT_REACHED;
            case PROXYING_NOT_SUPPORTED -> CoapCode.PROXYING_NOT_SUPPORTED;
            case DEVICE_BUSY, SOURCE_BUSY, UPLOADS_UNFINISHED, GRANT_QUOTA -> CoapCode.TOO_MANY_REQUESTS;
            case TOKEN_KEYS_UNAVAILABLE,
                    TOKEN_INTROSPECTION_FAILED,
                    GATEWAY_BUSY,
                    SHUTTING_DOWN,
                    TOKEN_SERVER_UNREACHABLE,
                    TOKEN_SERVER_TIMEOUT,
                    TOKEN_SERVER_BUSY,
                    UPSTREAM_BUSY,
                    UPSTREAM_CIRCUIT_OPEN -> CoapCode.SERVICE_UNAVAILABLE;
            case TOKEN_EXCHANGE_FAILED,
                    TOKEN_SERVER_REFUSED,
                    TOKEN_SERVER_RESPONSE_INVALID,
                    UPSTREAM_UNREACHABLE,
                    UPSTREAM_RESPONSE_INVALID,
                    UPSTREAM_RESPONSE_TOO_LARGE,
                    UPSTREAM_REJECTED_TOKEN -> CoapCode.BAD_GATEWAY;
            case UPSTREAM_TIMEOUT -> CoapCode.GATEWAY_TIMEOUT;
            case INTERNAL_ERROR -> CoapCode.INTERNAL_SERVER_ERROR;
        };
    }
}
