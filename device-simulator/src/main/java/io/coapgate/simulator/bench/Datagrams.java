package io.coapgate.simulator.bench;

import java.util.Arrays;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;

/** Encoded requests, each with a token of four bytes and message id 0, to be patched. */
final class Datagrams {
    private static final int CWT = 61;
    private static final int OCTET_STREAM = 42;
    private static final int PAYLOAD_BYTES = 64;

    private Datagrams() {}

    static byte[] telemetry() {
        byte[] payload = new byte[PAYLOAD_BYTES];
        Arrays.fill(payload, (byte) 'x');
        return post("telemetry", OCTET_STREAM, payload);
    }

    static byte[] tokenUpload(byte[] cwt) {
        return post("authz-info", CWT, cwt);
    }

    private static byte[] post(String path, int contentFormat, byte[] payload) {
        Request request = Request.newPost();
        request.setType(CoAP.Type.CON);
        request.setMID(0);
        request.setToken(new Token(new byte[Integer.BYTES]));
        request.getOptions().setUriPath(path).setContentFormat(contentFormat);
        request.setPayload(payload);
        return new UdpDataSerializer().getByteArray(request);
    }
}
