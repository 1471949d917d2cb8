package io.coapgate.gateway.exchange;

import java.util.concurrent.CompletionStage;

/** Answers uploads that come before there is a session. Thread-safe; never blocks the caller. */
@FunctionalInterface
public interface UploadHandler {
    CompletionStage<DeviceResponse> handle(TokenUpload upload);
}
