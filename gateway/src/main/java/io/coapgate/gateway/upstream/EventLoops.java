package io.coapgate.gateway.upstream;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A fixed set of event loops, each with one context that is made once. A context per request, which Vert.x would make for
 * a foreign thread, costs more than handing the request over.
 */
final class EventLoops {
    private final Vertx vertx;
    private final List<Context> contexts;
    private final EventLoopExecutor executor;

    private EventLoops(Vertx vertx, List<Context> contexts) {
        this.vertx = vertx;
        this.contexts = contexts;
        this.executor = new EventLoopExecutor(contexts.stream()
                .map(context -> ((ContextInternal) context).nettyEventLoop())
                .toList());
    }

    static EventLoops start(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one event loop");
        }
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        Queue<Context> contexts = new ConcurrentLinkedQueue<>();
        vertx.deployVerticle(() -> new Occupant(contexts), new DeploymentOptions().setInstances(count))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new EventLoops(vertx, List.copyOf(contexts));
    }

    Vertx vertx() {
        return vertx;
    }

    List<Context> contexts() {
        return contexts;
    }

    EventLoopExecutor executor() {
        return executor;
    }

    CompletionStage<Void> close() {
        return vertx.close().toCompletionStage();
    }

    /** Vert.x deploys the instances of a verticle on one event loop after the other. */
    private static final class Occupant extends VerticleBase {
        private final Queue<Context> contexts;

        Occupant(Queue<Context> contexts) {
            this.contexts = contexts;
        }

        @Override
        public Future<?> start() {
            contexts.add(context);
            return Future.succeededFuture();
        }
    }
}
