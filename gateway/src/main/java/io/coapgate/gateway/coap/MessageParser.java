package io.coapgate.gateway.coap;

import java.util.Optional;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.serialization.MessageHeader;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;

/**
 * Reads messages as RFC 7252 §3 and §4 have them. What Californium's own reader does otherwise: it drops a confirmable
 * message with a token of 9 bytes and more where §4.2 wants a Reset, takes requests that come as acknowledgements, resets
 * unknown methods where §5.8 wants 4.05, answers broken option framing with 4.02, and lets a block longer than its size
 * fail in the thread that reads. Thread-safe.
 */
final class MessageParser extends UdpDataParser {
    private static final int HEADER_BYTES = 4;
    private static final int MAX_TOKEN_BYTES = 8;
    private static final int FIRST_METHOD = 1; // 0.01 GET
    private static final int LAST_METHOD = 7; // 0.07 iPATCH

    MessageParser() {
        super(true, KnownOptions.REGISTRY);
    }

    @Override
    protected MessageHeader parseHeader(DatagramReader reader) {
        if (!reader.bytesAvailable(HEADER_BYTES)) {
            throw new MessageFormatException("shorter than a header");
        }
        int version = reader.read(CoAP.MessageFormat.VERSION_BITS);
        if (version != CoAP.VERSION) {
            throw new MessageFormatException("unknown version"); // MUST be silently ignored, §3
        }
        CoAP.Type type = CoAP.Type.valueOf(reader.read(CoAP.MessageFormat.TYPE_BITS));
        int tokenBytes = reader.read(CoAP.MessageFormat.TOKEN_LENGTH_BITS);
        int code = reader.read(CoAP.MessageFormat.CODE_BITS);
        int mid = reader.read(CoAP.MessageFormat.MESSAGE_ID_BITS);
        Optional<String> fault = headerFault(type, code, tokenBytes, reader);
        if (fault.isPresent()) {
            throw new CoAPMessageFormatException(fault.get(), null, mid, code, type == CoAP.Type.CON, null);
        }
        Token token = Token.fromProvider(reader.readBytes(tokenBytes));
        if (CoAP.isRequest(code) && (code < FIRST_METHOD || code > LAST_METHOD)) {
            throw new CoAPMessageFormatException(
                    "Unknown method", token, mid, code, type == CoAP.Type.CON, ResponseCode.METHOD_NOT_ALLOWED);
        }
        return new MessageHeader(version, type, token, code, mid, 0);
    }

    private static Optional<String> headerFault(CoAP.Type type, int code, int tokenBytes, DatagramReader reader) {
        if (tokenBytes > MAX_TOKEN_BYTES) {
            return Optional.of("reserved token length");
        }
        if (!reader.bytesAvailable(tokenBytes)) {
            return Optional.of("shorter than its token");
        }
        if (CoAP.isEmptyMessage(code)) {
            return reader.bytesAvailable() ? Optional.of("empty message with content") : Optional.empty();
        }
        if (type == CoAP.Type.RST || (type == CoAP.Type.ACK && CoAP.isRequest(code))) {
            return Optional.of("a type that does not go with the code"); // §4.2 and §4.3, table 1
        }
        return switch (CoAP.getCodeClass(code)) {
            case 0, 2, 4, 5 -> Optional.empty();
            default -> Optional.of("reserved code class");
        };
    }

    @Override
    public void parseOptionsAndPayload(DatagramReader reader, Message message) {
        new OptionsParser().parseOptionsAndPayload(reader, message);
    }
}
