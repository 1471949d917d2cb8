package io.coapgate.gateway.exchange;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.authz.RequestTarget;
import io.coapgate.gateway.authz.Route;
import io.coapgate.gateway.authz.Translation;
import io.coapgate.gateway.device.ScopeSet;
import io.coapgate.gateway.device.SessionId;
import io.coapgate.gateway.payload.PayloadException;
import io.coapgate.gateway.refusal.Causes;
import io.coapgate.gateway.refusal.Refusal;
import io.coapgate.gateway.token.TokenRequest;
import io.coapgate.gateway.upstream.BearerToken;
import io.coapgate.gateway.upstream.UpstreamException;
import io.coapgate.gateway.upstream.UpstreamRequest;
import io.coapgate.gateway.upstream.UpstreamResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Large downloads: maps Block2 (RFC 7959 §2.4) to HTTP's Range (RFC 9110 §14.2), so that a body of any length goes through
 * with no more of it in memory than a window. A device may begin at any block: after its own restart, or the gateway's.
 *
 * <p>Each block carries the ETag of its representation, by which a device sees that it has changed under way (RFC 7959
 * §2.4); the gateway asks for more of the same by If-Range. The first block always comes fresh from the upstream.
 * Thread-safe.
 */
final class Downloads {
    private static final Block FIRST = new Block(0, Block.MAX_SIZE, false);
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final int WINDOW_OVERHEAD_BYTES = 1024;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Sender sender;
    private final RequestMapping requests;
    private final ResponseMapping responses;
    private final Cache<Download, Window> windows;

    private record Download(SessionId session, ScopeSet scopes, String target, OptionalInt accept) {}

    /** @param maxBytes of all windows together */
    Downloads(Sender sender, RequestMapping requests, ResponseMapping responses, long maxBytes) {
        this.sender = sender;
        this.requests = requests;
        this.responses = responses;
        this.windows = Caffeine.newBuilder()
                .expireAfterWrite(LIFETIME)
                .maximumWeight(maxBytes)
                .weigher((Download download, Window window) -> window.bytes() + WINDOW_OVERHEAD_BYTES)
                .build();
    }

    static boolean takes(DeviceRequest request, Route route) {
        return route.translation().ranges() && request.method() == CoapMethod.GET;
    }

    /** @param request one that {@link #takes} accepts */
    CompletionStage<DeviceResponse> answer(DeviceRequest request, RequestTarget target, Route route, TokenRequest grant)
            throws PayloadException {
        Block block = request.options().block2().orElse(FIRST);
        Download download =
                new Download(request.device().session(), grant.scopes(), target.encoded(), request.accept());
        Window held = block.number() == 0 ? null : windows.getIfPresent(download);
        if (held != null && held.covers(block)) {
            return completedFuture(held.cut(block));
        }
        Optional<String> same = held == null ? requests.entityTagOf(request, block) : held.validator();
        DeviceRequest asked = block.number() == 0 ? request : request.unconditional();
        return fetch(asked, target, route, grant, same)
                .thenCompose(response -> cut(asked, target, route, response, download));
    }

    /** @param same the validator of the representation of which more is wanted */
    private CompletionStage<UpstreamResponse> fetch(
            DeviceRequest request, RequestTarget target, Route route, TokenRequest grant, Optional<String> same)
            throws PayloadException {
        long offset = request.options().block2().orElse(FIRST).offset();
        Range range = new Range(offset, offset + Translation.RANGE_BYTES - 1, same);
        CompletionStage<UpstreamResponse> response =
                sender.send(route, grant, requests.range(request, target, route, range));
        if (same.isEmpty()) {
            return response;
        }
        // To If-Range a changed representation comes as a whole, and this one is too long: then a part of the new one.
        Range ofAny = new Range(range.first(), range.last(), Optional.empty());
        Function<BearerToken, UpstreamRequest> again = requests.range(request, target, route, ofAny);
        return response.exceptionallyCompose(
                failure -> isTooLarge(failure) ? sender.send(route, grant, again) : failedFuture(failure));
    }

    private static boolean isTooLarge(Throwable failure) {
        Throwable cause = Causes.of(failure);
        return cause instanceof UpstreamException upstream && upstream.reason() == Refusal.UPSTREAM_RESPONSE_TOO_LARGE;
    }

    private CompletionStage<DeviceResponse> cut(
            DeviceRequest request, RequestTarget target, Route route, UpstreamResponse response, Download download) {
        Block block = request.options().block2().orElse(FIRST);
        if (response.status() == RANGE_NOT_SATISFIABLE) {
            return completedFuture(beyondTheEnd(block));
        }
        if (response.status() / 100 != 2) {
            return responses.answer(request, target, route, response);
        }
        if (ResponseMapping.isEncodedOtherwise(request, response)) {
            return invalid("a content coding that was not asked for");
        }
        try {
            DeviceResponse answer = responses.part(request, target, route, response);
            return cut(block, response, answer, download);
        } catch (PayloadException e) {
            return ResponseMapping.unfit(e);
        }
    }

    private CompletionStage<DeviceResponse> cut(
            Block block, UpstreamResponse response, DeviceResponse answer, Download download) {
        if (answer.code() != CoapCode.CONTENT) { // the device has it, or does not want it in this format
            return completedFuture(answer);
        }
        if (answer.payload().length != response.body().length) {
            return invalid("a text in a charset that a device can't have in parts");
        }
        Optional<Window> window = Window.of(response, block.offset(), answer);
        if (window.isEmpty()) {
            return invalid("a part that is not the one that was asked for");
        }
        if (answer.options().etag().isEmpty()
                && window.get().bytes() < window.get().total()) {
            return invalid("a part without ETag or Last-Modified: parts of two versions could mix");
        }
        if (!window.get().covers(block)) {
            return completedFuture(window.get().bytes() == 0 && block.number() == 0 ? answer : beyondTheEnd(block));
        }
        windows.put(download, window.get());
        return completedFuture(window.get().cut(block));
    }

    private static DeviceResponse beyondTheEnd(Block block) {
        return block.number() == 0 ? DeviceResponse.of(CoapCode.CONTENT) : Refusals.response(Refusal.BLOCK_UNKNOWN);
    }

    private static CompletionStage<DeviceResponse> invalid(String cause) {
        return failedFuture(new UpstreamException(Refusal.UPSTREAM_RESPONSE_INVALID, cause));
    }
}
