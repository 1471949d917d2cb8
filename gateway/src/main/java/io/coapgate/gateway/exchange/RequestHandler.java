package io.coapgate.gateway.exchange;

import java.util.concurrent.CompletionStage;

/** Something that answers device requests. Thread-safe; never blocks, never throws. */
@FunctionalInterface
public interface RequestHandler {
    /** @return a stage that always completes normally: a failure is a response too */
    CompletionStage<DeviceResponse> handle(DeviceRequest request);
}
