package io.coapgate.gateway.exchange;

import io.coapgate.gateway.authz.CoapMethod;

/**
 * From HTTP's status codes to CoAP's response codes: what RFC 8075 §7 does the other way, and RFC 7252 §10.1. A status without
 * a counterpart goes by its class.
 */
final class StatusMapping {
    private StatusMapping() {}

    /** @param status 200 to 599, no redirect */
    static CoapCode code(CoapMethod method, int status) {
        return switch (status) {
            case 201 -> CoapCode.CREATED;
            case 304 -> CoapCode.VALID;
            case 401, 403, 407, 451 -> CoapCode.FORBIDDEN; // 4.01 would ask the device for a token that it has
            case 404, 410 -> CoapCode.NOT_FOUND;
            case 405 -> CoapCode.METHOD_NOT_ALLOWED;
            case 406 -> CoapCode.NOT_ACCEPTABLE;
            case 408 -> CoapCode.GATEWAY_TIMEOUT; // CoAP's 4.08 speaks of missing blocks
            case 409 -> CoapCode.CONFLICT;
            case 412, 428 -> CoapCode.PRECONDITION_FAILED;
            case 413 -> CoapCode.REQUEST_ENTITY_TOO_LARGE;
            case 415 -> CoapCode.UNSUPPORTED_CONTENT_FORMAT;
            case 421, 502 -> CoapCode.BAD_GATEWAY;
            case 422 -> CoapCode.UNPROCESSABLE_ENTITY;
            case 429 -> CoapCode.TOO_MANY_REQUESTS;
            case 501 -> CoapCode.NOT_IMPLEMENTED;
            case 425, 503 -> CoapCode.SERVICE_UNAVAILABLE;
            case 504 -> CoapCode.GATEWAY_TIMEOUT;
            default -> codeOfClass(method, status);
        };
    }

    private static CoapCode codeOfClass(CoapMethod method, int status) {
        return switch (status / 100) {
            case 2 -> success(method);
            case 4 -> CoapCode.BAD_REQUEST;
            default -> CoapCode.INTERNAL_SERVER_ERROR;
        };
    }

    private static CoapCode success(CoapMethod method) {
        return switch (method) {
            case GET, FETCH -> CoapCode.CONTENT;
            case POST, PUT, PATCH, IPATCH -> CoapCode.CHANGED;
            case DELETE -> CoapCode.DELETED;
        };
    }
}
