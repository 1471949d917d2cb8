package io.coapgate.gateway.coap;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.AuthenticatedDevice;
import io.coapgate.gateway.exchange.Block;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Echo;
import io.coapgate.gateway.exchange.EntityTag;
import io.coapgate.gateway.exchange.ExchangeId;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.RequestOptions;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;

/** Between Californium's messages and the gateway's own. */
final class CoapConversion {
    private CoapConversion() {}

    /** Why no request with these options is answered at all, if so. */
    static Optional<Refusal> unsupported(Request request) {
        OptionSet options = request.getOptions();
        if (options.hasProxyUri() || options.hasProxyScheme()) {
            return Optional.of(Refusal.PROXYING_NOT_SUPPORTED); // RFC 7252 §5.10.2
        }
        if (options.hasOscore() || options.getIfMatchCount() > Preconditions.MAX_ENTITY_TAGS) {
            return Optional.of(Refusal.OPTION_UNSUPPORTED); // critical, RFC 7252 §5.4.1
        }
        return Optional.empty();
    }

    static Optional<CoapMethod> method(Request request) {
        return switch (request.getCode()) {
            case GET -> Optional.of(CoapMethod.GET);
            case POST -> Optional.of(CoapMethod.POST);
            case PUT -> Optional.of(CoapMethod.PUT);
            case DELETE -> Optional.of(CoapMethod.DELETE);
            case FETCH -> Optional.of(CoapMethod.FETCH);
            case PATCH -> Optional.of(CoapMethod.PATCH);
            case IPATCH -> Optional.of(CoapMethod.IPATCH);
            default -> Optional.empty();
        };
    }

    static DeviceRequest request(Request request, CoapMethod method, AuthenticatedDevice device, ExchangeId id) {
        return new DeviceRequest(
                id,
                device,
                request.getSourceContext().getPeerAddress(),
                method,
                options(request.getOptions()),
                request.getPayload());
    }

    private static RequestOptions options(OptionSet options) {
        return new RequestOptions(
                options.getUriPath(),
                options.getUriQuery(),
                options.hasContentFormat() ? OptionalInt.of(options.getContentFormat()) : OptionalInt.empty(),
                options.hasAccept() ? OptionalInt.of(options.getAccept()) : OptionalInt.empty(),
                preconditions(options),
                block2(options),
                options.getOthers(StandardOptionRegistry.ECHO).stream()
                        .findFirst()
                        .map(option -> Echo.of(option.getValue())));
    }

    /** A block that is cut by the service, not by Californium, needs to be known there. */
    private static Optional<Block> block2(OptionSet options) {
        BlockOption block = options.getBlock2();
        return block == null
                ? Optional.empty()
                : Optional.of(new Block(block.getNum(), Math.min(block.getSize(), Block.MAX_SIZE), false));
    }

    private static Preconditions preconditions(OptionSet options) {
        if (options.getETagCount() == 0 && options.getIfMatchCount() == 0 && !options.hasIfNoneMatch()) {
            return Preconditions.NONE;
        }
        List<byte[]> ifMatch = options.getIfMatch();
        return new Preconditions(
                entityTags(options.getETags()),
                entityTags(ifMatch),
                ifMatch.stream().anyMatch(tag -> tag.length == 0),
                options.hasIfNoneMatch());
    }

    /** Those of a length that an ETag may have, the first few. */
    private static List<EntityTag> entityTags(List<byte[]> values) {
        return values.stream()
                .filter(value -> value.length > 0)
                .limit(Preconditions.MAX_ENTITY_TAGS)
                .map(EntityTag::of)
                .toList();
    }

    static Response response(DeviceResponse response) {
        ResponseCode code = ResponseCode.valueOf(response.code().value());
        Response message = response.options()
                .block2()
                .<Response>map(block -> new BlockResponse(code, block))
                .orElseGet(() -> new Response(code));
        message.setPayload(response.payload());
        write(response.options(), message.getOptions());
        return message;
    }

    private static void write(ResponseOptions from, OptionSet to) {
        from.contentFormat().ifPresent(to::setContentFormat);
        from.maxAge().ifPresent(maxAge -> to.setMaxAge(maxAge.toSeconds()));
        from.etag().ifPresent(etag -> to.addETag(etag.bytes()));
        from.size1().ifPresent(to::setSize1);
        from.size2().ifPresent(to::setSize2);
        from.echo().ifPresent(echo -> to.addOption(StandardOptionRegistry.ECHO.create(echo.bytes())));
        from.location().ifPresent(location -> {
            location.path().forEach(to::addLocationPath);
            location.query().forEach(to::addLocationQuery);
        });
    }
}
