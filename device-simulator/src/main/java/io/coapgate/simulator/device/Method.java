package io.coapgate.simulator.device;

import org.eclipse.californium.core.coap.CoAP.Code;

/** The CoAP methods that simulated devices use (RFC 7252 §5.8). */
public enum Method {
    GET(Code.GET),
    POST(Code.POST),
    PUT(Code.PUT),
    DELETE(Code.DELETE);

    private final Code code;

    Method(Code code) {
        this.code = code;
    }

    Code code() {
        return code;
    }
}
