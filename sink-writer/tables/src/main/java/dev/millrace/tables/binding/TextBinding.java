package dev.millrace.tables.binding;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.Objects;
import org.jooq.Binding;
import org.jooq.BindingGetResultSetContext;
import org.jooq.BindingGetSQLInputContext;
import org.jooq.BindingGetStatementContext;
import org.jooq.BindingRegisterContext;
import org.jooq.BindingSQLContext;
import org.jooq.BindingSetSQLOutputContext;
import org.jooq.BindingSetStatementContext;
import org.jooq.Converter;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;

/**
 * A column as text, cast to its type where it is sent. Immutable.
 *
 * @param <T> what jOOQ takes the unknown type for
 */
abstract class TextBinding<T> implements Binding<T, String> {
  private static final long serialVersionUID = 1L;

  private final Converter<T, String> converter;
  private final String cast;

  TextBinding(Class<T> unknown, String type) {
    converter = Converter.ofNullable(unknown, String.class, Object::toString, unknown::cast);
    cast = "::" + type;
  }

  @Override
  public Converter<T, String> converter() {
    return converter;
  }

  @Override
  public void sql(BindingSQLContext<String> context) {
    if (context.render().paramType() == ParamType.INLINED) {
      context.render().visit(DSL.inline(context.value())).sql(cast);
    } else {
      context.render().sql(context.variable()).sql(cast);
    }
  }

  @Override
  public void set(BindingSetStatementContext<String> context) throws SQLException {
    context.statement().setString(context.index(), Objects.toString(context.value(), null));
  }

  @Override
  public void get(BindingGetResultSetContext<String> context) throws SQLException {
    context.value(context.resultSet().getString(context.index()));
  }

  @Override
  public void get(BindingGetStatementContext<String> context) throws SQLException {
    context.value(context.statement().getString(context.index()));
  }

  @Override
  public void register(BindingRegisterContext<String> context) throws SQLException {
    context.statement().registerOutParameter(context.index(), Types.VARCHAR);
  }

  @Override
  public void set(BindingSetSQLOutputContext<String> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("PostgreSQL has no SQLOutput");
  }

  @Override
  public void get(BindingGetSQLInputContext<String> context) throws SQLException {
    throw new SQLFeatureNotSupportedException("PostgreSQL has no SQLInput");
  }
}
