package io.coapgate.gateway.ace;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.coapgate.crypto.ace.RevocationList;
import io.coapgate.crypto.ace.RevocationListError;
import io.coapgate.crypto.ace.RevocationListError.Kind;
import io.coapgate.gateway.authz.CoapMethod;
import io.coapgate.gateway.device.DeviceId;
import io.coapgate.gateway.exchange.CoapCode;
import io.coapgate.gateway.exchange.ContentFormat;
import io.coapgate.gateway.exchange.DeviceRequest;
import io.coapgate.gateway.exchange.DeviceResponse;
import io.coapgate.gateway.exchange.Refusals;
import io.coapgate.gateway.exchange.RequestHandler;
import io.coapgate.gateway.exchange.ResponseOptions;
import io.coapgate.gateway.issuing.RevocationQueries;
import io.coapgate.gateway.issuing.RevocationQueryException;
import io.coapgate.gateway.refusal.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Pattern;

/**
 * {@code GET /revoked}: the token revocation list, RFC 9770, in application/ace-trl+cbor (262), with diff queries and the
 * cursor extension. Every device may ask, and sees what pertains to it.
 */
public final class RevokedEndpoint implements RequestHandler {
    public static final String PATH = "revoked";

    private static final Pattern UNSIGNED = Pattern.compile("0|[1-9][0-9]*");
    private static final int LONG_DIGITS = 18;

    private final RevocationQueries queries;
    private final Clock clock;
    private final Executor worker;

    /** @param worker runs what may have to wait for the tokens */
    public RevokedEndpoint(RevocationQueries queries, Clock clock, Executor worker) {
        this.queries = queries;
        this.clock = clock;
        this.worker = worker;
    }

    @Override
    public CompletionStage<DeviceResponse> handle(DeviceRequest request) {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            return completedFuture(Refusals.response(refusal.get()));
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(request), worker);
        } catch (RejectedExecutionException e) {
            return completedFuture(Refusals.response(Refusal.GATEWAY_BUSY));
        }
    }

    private Optional<Refusal> refusal(DeviceRequest request) {
        if (request.method() != CoapMethod.GET) {
            return Optional.of(Refusal.METHOD_NOT_ALLOWED);
        }
        if (request.accept().orElse(ContentFormat.ACE_TRL_CBOR) != ContentFormat.ACE_TRL_CBOR) {
            return Optional.of(Refusal.ACCEPT_UNSUPPORTED);
        }
        return request.device().standing(clock.instant());
    }

    private DeviceResponse answer(DeviceRequest request) {
        try {
            RevocationList list = list(request, request.device().id());
            ResponseOptions options = ResponseOptions.NONE
                    .withContentFormat(OptionalInt.of(ContentFormat.ACE_TRL_CBOR))
                    .withMaxAge(Optional.of(Duration.ZERO));
            return DeviceResponse.of(CoapCode.CONTENT, options, list.encode());
        } catch (RevocationQueryException e) {
            byte[] problem = e.error().encode();
            return Refusals.response(Refusal.QUERY_INVALID, ContentFormat.CONCISE_PROBLEM_DETAILS, problem);
        }
    }

    /** RFC 9770 §6.3; what else a query has is passed over. */
    private RevocationList list(DeviceRequest request, DeviceId device) throws RevocationQueryException {
        Optional<String> diff = parameter(request, "diff");
        Optional<String> cursor = parameter(request, "cursor");
        if (diff.isPresent() && !UNSIGNED.matcher(diff.get()).matches()) {
            throw refused(Kind.INVALID_VALUE, Optional.empty());
        }
        if (diff.isEmpty()) {
            if (cursor.isPresent()) {
                throw refused(Kind.INVALID_SET, Optional.empty());
            }
            return queries.full(device);
        }
        boolean readable = cursor.filter(text -> !UNSIGNED.matcher(text).matches() || text.length() > LONG_DIGITS)
                .isEmpty();
        if (!readable) {
            throw refused(Kind.INVALID_VALUE, Optional.of(queries.cursor(device)));
        }
        OptionalLong after = cursor.isPresent() ? OptionalLong.of(Long.parseLong(cursor.get())) : OptionalLong.empty();
        return queries.diff(device, number(diff.get()), after);
    }

    /** The number, or one that is as large as any that makes a difference. */
    private static int number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static Optional<String> parameter(DeviceRequest request, String name) {
        return request.queryArguments().stream()
                .filter(argument -> argument.equals(name) || argument.startsWith(name + "="))
                .map(argument -> argument.length() == name.length() ? "" : argument.substring(name.length() + 1))
                .findFirst();
    }

    private static RevocationQueryException refused(Kind kind, Optional<OptionalLong> cursor) {
        return new RevocationQueryException(new RevocationListError(kind, cursor));
    }
}
