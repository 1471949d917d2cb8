package io.coapgate.gateway.admin;

import static java.util.Objects.requireNonNull;

/**
 * What was posted.
 *
 * @param contentType empty if the request has none
 * @param authorization the header; empty if the request has none
 * @param address of the peer
 * @param body not copied: nobody changes it
 */
record PostRequest(String contentType, String authorization, String address, byte[] body) {
    PostRequest {
        requireNonNull(contentType, "contentType");
        requireNonNull(authorization, "authorization");
        requireNonNull(address, "address");
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "PostRequest[" + body.length + " bytes from " + address + "]";
    }
}
