package io.coapgate.gateway.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.InvalidPathException;
import io.coapgate.gateway.authz.RequestQuery;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.EntityTag;
import io.coapgate.gateway.exchange.Preconditions;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * {@code GET /.well-known/core}: the links that this device may use, in application/link-format (40), RFC 6690 §4 and RFC
 * 7252 §7.2. Query arguments narrow the list; of several, all must match, as in RFC 9176 §6.2, and a list that becomes
 * empty is an answer, not an error. Thread-safe; never blocks.
 */
public final class Discovery implements RequestHandler {
    public static final List<String> PATH = List.of(".well-known", "core");

    private final LinkCatalogue catalogue;
    private final Clock clock;

    public Discovery(LinkCatalogue catalogue, Clock clock) {
        this.catalogue = catalogue;
        this.clock = clock;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        Instant now = clock.instant();
        return completedFuture(refusal(request, now).map(Refusals::response).orElseGet(() -> answer(request, now)));
    }

    private static Optional<Refusal> refusal(DeviceRequest request, Instant now) {
        Optional<Refusal> fallen = request.device().standing(now);
        if (fallen.isPresent()) {
            return fallen;
        }
        if (request.method() != CoapMethod.GET) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        if (request.accept().orElse(ContentFormat.LINK_FORMAT) != ContentFormat.LINK_FORMAT) {
            return Optional.of(Refusal.ACCEPT_UNSUPPORTED);
        }
        try {
            RequestQuery.of(request.queryArguments());
            return Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of(e.reason());
        }
    }

    private DeviceResponse answer(DeviceRequest request, Instant now) {
        List<LinkFilter> filters = request.queryArguments().stream()
                .filter(argument -> !argument.isEmpty())
                .map(LinkFilter::parse)
                .toList();
        LinkCatalogue.Selection selection = catalogue.select(request.device(), filters, now);
        byte[] payload = selection.text().getBytes(UTF_8);
        EntityTag etag = EntityTag.ofContent(payload);
        ResponseOptions options = ResponseOptions.NONE
                .withEtag(Optional.of(etag))
                .withMaxAge(Optional.of(Duration.between(now, selection.end())));
        if (isUnmet(request.preconditions(), etag)) {
            return DeviceResponse.of(CoapCode.PRECONDITION_FAILED);
        }
        return request.preconditions().etags().contains(etag)
                ? DeviceResponse.of(CoapCode.VALID, options, new byte[0])
                : DeviceResponse.of(
                        CoapCode.CONTENT,
                        options.withContentFormat(OptionalInt.of(ContentFormat.LINK_FORMAT)),
                        payload);
    }

    private static boolean isUnmet(Preconditions conditions, EntityTag current) {
        boolean another = !conditions.ifExists()
                && !conditions.ifMatch().isEmpty()
                && !conditions.ifMatch().contains(current);
        return conditions.ifNoneMatch() || another;
    }
}
