package io.coapgate.gateway.coap;

import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.TokenUpload;
import io.coapgate.gateway.exchange.UploadHandler;
import io.coapgate.gateway.refusal.Refusal;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.coap.CoAP.Code;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.MessageFormatException;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;

/**
 * What a port for uploads makes of each datagram, without remembering any of them: an upload that comes again is judged
 * again, to the same end (RFC 7252 §4.5 lets a server do so). No answer is longer than what it answers, so that nobody who
 * lies about his address gains anything. Thread-safe.
 */
final class UploadMessages {
    private static final byte RESET = 0x70; // version 1, type RST, no token
    private static final List<String> PATH = List.of("authz-info");

    private final UploadHandler handler;
    private final MessageParser parser = new MessageParser();
    private final AtomicInteger nextMid;

    /** @param firstMid of the messages that are not acknowledgements */
    UploadMessages(UploadHandler handler, int firstMid) {
        this.handler = handler;
        this.nextMid = new AtomicInteger(firstMid);
    }

    /** The datagram to send back, if there is to be one. */
    CompletionStage<Optional<byte[]>> answer(byte[] datagram, InetSocketAddress peer) {
        try {
            Message message = parser.parseMessage(datagram);
            if (message instanceof Request request) {
                return response(request, peer).thenApply(response -> encode(request, response, datagram.length));
            }
            return now(message.getType() == CoAP.Type.CON ? reset(message.getMID()) : Optional.empty());
        } catch (CoAPMessageFormatException e) {
            return now(e.isConfirmable() ? reset(e.getMid()) : Optional.empty());
        } catch (MessageFormatException e) {
            return now(Optional.empty());
        }
    }

    private CompletionStage<DeviceResponse> response(Request request, InetSocketAddress peer) {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(Refusals.response(refusal.get()));
        }
        OptionSet options = request.getOptions();
        return handler.handle(new TokenUpload(
                peer,
                options.hasContentFormat() ? OptionalInt.of(options.getContentFormat()) : OptionalInt.empty(),
                options.hasAccept() ? OptionalInt.of(options.getAccept()) : OptionalInt.empty(),
                request.getPayload()));
    }

    private static Optional<Refusal> refusal(Request request) {
        OptionSet options = request.getOptions();
        BlockOption block = options.getBlock1();
        if (!options.getUriPath().equals(PATH)) {
            return Optional.of(Refusal.ROUTE_UNKNOWN);
        }
        if (request.getCode() != Code.POST) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        if (block != null && (block.isM() || block.getNum() > 0)) {
            return Optional.of(Refusal.BODY_TOO_LARGE); // a part of something: nothing is put together here
        }
        if (options.getIfMatchCount() > 0 || options.hasIfNoneMatch()) {
            return Optional.of(Refusal.OPTION_UNSUPPORTED);
        }
        return CoapConversion.unsupported(request);
    }

    private Optional<byte[]> encode(Request request, DeviceResponse response, int longest) {
        byte[] whole = encode(request, CoapConversion.response(response));
        if (whole.length <= longest) {
            return Optional.of(whole);
        }
        return Optional.of(encode(request, CoapConversion.response(DeviceResponse.of(response.code()))));
    }

    private byte[] encode(Request request, Response response) {
        boolean confirmable = request.getType() == CoAP.Type.CON;
        response.setType(confirmable ? CoAP.Type.ACK : CoAP.Type.NON);
        response.setMID(confirmable ? request.getMID() : nextMid.getAndIncrement() & 0xffff);
        response.setToken(request.getToken());
        return new UdpDataSerializer().getByteArray(response);
    }

    private static Optional<byte[]> reset(int mid) {
        return Optional.of(
                new byte[] {RESET, 0, (byte) (mid >> 8), (byte) mid}); // RFC 7252 §3, without Californium's token
    }

    private static CompletionStage<Optional<byte[]>> now(Optional<byte[]> answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
