package dev.millrace.standalone.cli;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress bar on a terminal, by bytes read; nothing elsewhere. */
final class PublishProgress implements AutoCloseable {
  /** Set by the launcher where stderr is a terminal; the JDK cannot tell alike on all versions. */
  private static final String TERMINAL = "millrace.terminal";

  private final ProgressBar bar;
  private final InputLines input;

  private PublishProgress(ProgressBar bar, InputLines input) {
    this.bar = bar;
    this.input = input;
  }

  static PublishProgress on(InputLines input) {
    if (!Boolean.getBoolean(TERMINAL)) {
      return new PublishProgress(null, input);
    }
    var bar =
        new ProgressBarBuilder()
            .setTaskName("publish")
            .setInitialMax(input.size())
            .setUnit(" KiB", 1_024)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build();
    return new PublishProgress(bar, input);
  }

  void advance(long published) {
    if (bar != null) {
      bar.stepTo(input.read());
      bar.setExtraMessage(String.format(Locale.ROOT, "%,d acknowledged", published));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
