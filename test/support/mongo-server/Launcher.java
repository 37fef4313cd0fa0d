import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A MongoDB-wire server for the tests: `Launcher PORT [FILE]`, 0 for any free port. Says where it listens, and runs until it is ended. */
public class Launcher {
  /** The driver wants wire version 9 or more; the server can do what the read store asks of one. */
  private static final MongoVersion VERSION = new MongoVersion() {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  };

  public static void main(String[] arguments) {
    MongoBackend backend = arguments.length > 1 ? new H2Backend(arguments[1]) : new MemoryBackend();
    MongoServer server = new MongoServer(faithful(backend.version(VERSION)));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("listening on " + server.getLocalAddress().getPort());
  }

  /**
   * What MongoDB does and this server does not: an ordered command ends at its first failed update, and a document is found by its _id
   * when more is asked of it than that.
   */
  private static MongoBackend faithful(MongoBackend backend) {
    return (MongoBackend) Proxy.newProxyInstance(
        Launcher.class.getClassLoader(), new Class<?>[] {MongoBackend.class}, (proxy, method, arguments) -> {
          if (method.getName().equals("handleMessage")) {
            MongoMessage message = (MongoMessage) arguments[0];
            if (message.getDocument().get("update") instanceof String) {
              return update(backend, message);
            }
          }
          try {
            return method.invoke(backend, arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        });
  }

  private static Document update(MongoBackend backend, MongoMessage message) {
    Document command = message.getDocument();
    boolean ordered = !Boolean.FALSE.equals(command.get("ordered"));
    int matched = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    List<?> updates = (List<?>) command.get("updates");
    for (int index = 0; index < updates.size() && (errors.isEmpty() || !ordered); index++) {
      Document answer = updateOne(backend, message, (Document) updates.get(index));
      matched += ((Number) answer.get("n")).intValue();
      modified += answer.get("nModified") instanceof Number number ? number.intValue() : 0;
      collect(answer, "upserted", index, upserted);
      collect(answer, "writeErrors", index, errors);
    }
    Document answer = new Document("n", matched).append("nModified", modified);
    if (!upserted.isEmpty()) {
      answer.append("upserted", upserted);
    }
    if (!errors.isEmpty()) {
      answer.append("writeErrors", errors);
    }
    return answer.append("ok", 1.0);
  }

  /** One at a time, so that what was found is what is changed. */
  private static synchronized Document updateOne(MongoBackend backend, MongoMessage message, Document update) {
    Document query = (Document) update.get("q");
    Object id = query.get("_id");
    if (id instanceof String && query.size() > 1) {
      Document byId = new Document("_id", id);
      Document find = new Document("find", message.getDocument().get("update")).append("filter", byId);
      Document cursor = (Document) ask(backend, message, find).get("cursor");
      List<?> found = (List<?>) cursor.get("firstBatch");
      if (found.isEmpty() ? isUpsert(update) : MATCHER.matches((Document) found.get(0), query)) {
        Document same = copyOf(update);
        same.put("q", byId);
        return ask(backend, message, copyOf(message.getDocument(), "updates", List.of(same)));
      }
      if (!isUpsert(update)) {
        return new Document("n", 0);
      }
    }
    return ask(backend, message, copyOf(message.getDocument(), "updates", List.of(update)));
  }

  private static final QueryMatcher MATCHER = new DefaultQueryMatcher();

  private static boolean isUpsert(Document update) {
    return Boolean.TRUE.equals(update.get("upsert"));
  }

  private static Document ask(MongoBackend backend, MongoMessage message, Document command) {
    command.putIfAbsent("$db", message.getDocument().get("$db"));
    return backend.handleMessage(new MongoMessage(message.getChannel(), message.getHeader(), command));
  }

  private static Document copyOf(Document document) {
    Document copy = new Document();
    document.forEach((name, value) -> copy.put(name, value));
    return copy;
  }

  private static Document copyOf(Document document, String name, Object value) {
    Document copy = copyOf(document);
    copy.put(name, value);
    return copy;
  }

  private static void collect(Document answer, String name, int index, List<Document> all) {
    if (answer.get(name) instanceof List<?> some) {
      for (Object one : some) {
        Document copy = ((Document) one).clone();
        copy.put("index", index);
        all.add(copy);
      }
    }
  }
}
