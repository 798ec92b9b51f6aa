{# The shop's calendar day of a UTC timestamp; the time zone is an IANA name, a column or text. #}
{% macro to_shop_date(utc_timestamp, time_zone) -%}
    {{ adapter.dispatch('to_shop_date', 'kaeru')(utc_timestamp, time_zone) }}
{%- endmacro %}

{% macro duckdb__to_shop_date(utc_timestamp, time_zone) -%}
    cast(timezone({{ time_zone }}, timezone('UTC', {{ utc_timestamp }})) as date)
{%- endmacro %}

{# The UTC timestamp at which a shop day begins. #}
{% macro start_of_shop_day(shop_date, time_zone) -%}
    {{ adapter.dispatch('start_of_shop_day', 'kaeru')(shop_date, time_zone) }}
{%- endmacro %}

{% macro duckdb__start_of_shop_day(shop_date, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, cast({{ shop_date }} as timestamp)))
{%- endmacro %}

{# Days from the first date forward to the second, negative when the second lies before it. #}
{% macro days_between(from_date, to_date) -%}
    {{ adapter.dispatch('days_between', 'kaeru')(from_date, to_date) }}
{%- endmacro %}

{% macro duckdb__days_between(from_date, to_date) -%}
    date_diff('day', {{ from_date }}, {{ to_date }})
{%- endmacro %}

{% macro add_days(from_date, days) -%}
    {{ adapter.dispatch('add_days', 'kaeru')(from_date, days) }}
{%- endmacro %}

{% macro duckdb__add_days(from_date, days) -%}
    ({{ from_date }} + cast({{ days }} as integer))
{%- endmacro %}

{# The same day some months later, the last one where that month is shorter. #}
{% macro add_months(from_date, months) -%}
    {{ adapter.dispatch('add_months', 'kaeru')(from_date, months) }}
{%- endmacro %}

{% macro duckdb__add_months(from_date, months) -%}
    cast({{ from_date }} + to_months(cast({{ months }} as integer)) as date)
{%- endmacro %}

{# Monday of the week of a date. #}
{% macro to_week_start(of_date) -%}
    cast(date_trunc('week', {{ of_date }}) as date)
{%- endmacro %}

{# A table of one column, calendar_date: every day of a relation of one row with both bounds. #}
{% macro each_day(relation, first_date, last_date) -%}
    {{ adapter.dispatch('each_day', 'kaeru')(relation, first_date, last_date) }}
{%- endmacro %}

{% macro duckdb__each_day(relation, first_date, last_date) -%}
    select cast(unnest(generate_series({{ first_date }}, {{ last_date }}, interval 1 day)) as date)
        as calendar_date
    from {{ relation }}
    where {{ first_date }} <= {{ last_date }}
{%- endmacro %}
