package io.coapgate.gateway.admin;

import java.util.concurrent.CompletionStage;

/** What takes requests with a body under one path. Called on worker threads, several at once; may take a moment. */
@FunctionalInterface
interface PostEndpoint {
    CompletionStage<Page> post(PostRequest request) throws Exception;
}
